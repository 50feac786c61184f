import { isObject } from '../../protocol/json-object.ts'
import { profileFields } from '../../protocol/profile.ts'
import type { QueueSettings, UserEngageSettings } from './settings.ts'

/** Which values a setting may have, and how to say so in an error. */
export interface Rule {
  isValid(value: unknown): boolean
  expected: string
  /** What to do where the value is missing, in a sentence. */
  ifMissing?: string
}

type Rules<Settings> = Record<keyof Settings, Rule>

/** The longest time that browsers' timers support. */
const longestTimeoutMs = 2_147_483_647

/** Converted to milliseconds, more hours would leave the range of JavaScript's dates. */
const mostHours = 1_000_000

const callback: Rule = { isValid: (value) => typeof value === 'function', expected: 'a function' }
const optionalCallback: Rule = {
  isValid: (value) => value === undefined || callback.isValid(value),
  expected: callback.expected,
}
const flag: Rule = { isValid: (value) => typeof value === 'boolean', expected: 'true or false' }

/** For what sites read from environment variables, which are empty or missing in a preview or a test. */
const ifMissing =
  'Where it may be missing, as in a preview, write `enabled: Boolean(apiKey)`: then the plugin does nothing there.'

export const rules: Rules<UserEngageSettings> = {
  apiKey: {
    isValid: (value) => typeof value === 'string' && value.trim() !== '',
    expected: 'the "Segment API key" of UserEngage: App settings > Advanced > Segment API keys',
    ifMissing,
  },
  endpoint: {
    isValid: (value) => isEndpoint(value),
    expected:
      'an absolute http(s) URL that takes the messages, such as "http://localhost:4400/api/segment/" of the sandbox, ' +
      'or a path of this site, such as "/hello"',
    ifMissing,
  },
  consent: {
    isValid: (value) => Array.isArray(value) && value.every((id) => typeof id === 'string' && id !== ''),
    expected: 'an array of the ids of consent categories, such as ["C0002"]',
  },
  omit: {
    isValid: (value) =>
      Array.isArray(value) && value.every((field) => (profileFields as readonly unknown[]).includes(field)),
    expected: `an array of profile fields, such as ["resolution"]; there are ${profileFields.join(', ')}`,
  },
  queue: { isValid: isObject, expected: 'an object, such as { maxMessages: 1000 }' },
  timeoutMs: {
    isValid: (value) => isPositive(value) && value <= longestTimeoutMs,
    expected: 'a number of milliseconds above 0, such as 10000',
  },
  beforeSend: optionalCallback,
  onDelivered: callback,
  onDropped: callback,
  autoPage: flag,
  respectGpc: flag,
  debug: flag,
  credentials: {
    isValid: (value) => value === 'omit' || value === 'same-origin' || value === 'include',
    expected: '"omit", "same-origin" or "include"',
  },
  enabled: flag,
  workerUrl: {
    isValid: (value) => value === undefined || value === false || (typeof value === 'string' && isUrl(value)),
    expected:
      'the address of userengage-worker.js on this site, such as "/userengage-worker.js", or false for none',
  },
}

export const queueRules: Rules<QueueSettings> = {
  maxMessages: {
    isValid: (value) => isPositive(value) && Number.isSafeInteger(value),
    expected: 'a whole number above 0, such as 1000',
  },
  maxAgeHours: {
    isValid: (value) => isPositive(value) && value <= mostHours,
    expected: 'a number of hours above 0, such as 168',
  },
  storage: {
    isValid: (value) => value === 'durable' || value === 'memory',
    expected: '"durable" or "memory"',
  },
  atExit: {
    isValid: (value) => value === 'resend' || value === 'trust',
    expected: '"resend" or "trust"',
  },
}

/** Whether it is a web address, absolute or relative. */
function isUrl(value: string): boolean {
  try {
    return /^https?:$/.test(new URL(value, 'https://site.example/').protocol)
  } catch {
    return false
  }
}

const isPositive = (value: unknown): value is number => typeof value === 'number' && value > 0

function isEndpoint(value: unknown): boolean {
  if (typeof value !== 'string') return false
  // "//host/path" would be another site.
  if (value.startsWith('/')) return !/^\/[/\\]/.test(value)
  try {
    const { protocol, username, password } = new URL(value)
    // fetch refuses a URL that contains a password. The key is sent as a header instead.
    return /^https?:$/.test(protocol) && username === '' && password === ''
  } catch {
    return false
  }
}
