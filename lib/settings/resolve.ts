import { isObject } from '../../protocol/json-object.ts'
import { profileFields } from '../../protocol/profile.ts'
import { closestName } from './closest-name.ts'
import type { QueueSettings, ResolvedSettings, UserEngageSettings } from './settings.ts'

/** Which values a setting may have, and how to say so in an error. */
interface Rule {
  isValid(value: unknown): boolean
  expected: string
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

const rules: Rules<UserEngageSettings> = {
  apiKey: {
    isValid: (value) => typeof value === 'string' && value.trim() !== '',
    expected: 'the "Segment API key" of UserEngage: App settings > Advanced > Segment API keys',
  },
  endpoint: {
    isValid: isEndpoint,
    expected:
      'an absolute http(s) URL that takes the messages, such as "http://localhost:4400/api/segment/" of the sandbox, ' +
      'or a path of this site, such as "/hello"',
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

const queueRules: Rules<QueueSettings> = {
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

const defaults = {
  consent: [],
  omit: [],
  queue: {},
  timeoutMs: 10_000,
  onDelivered() {},
  onDropped() {},
  autoPage: false,
  respectGpc: false,
  debug: false,
  credentials: 'omit',
  enabled: true,
}
const queueDefaults = { maxMessages: 1000, maxAgeHours: 168, storage: 'durable', atExit: 'resend' }

const disabledSettings = {
  ...defaults,
  enabled: false,
  apiKey: '',
  endpoint: '',
  queue: queueDefaults,
} as unknown as ResolvedSettings

/**
 * Checks the settings and fills in the defaults. `undefined` counts as not given. An unknown setting is a warning on the
 * console.
 *
 * @throws TypeError that names the first wrong setting, its value and the expected one
 */
export function resolveSettings(given: UserEngageSettings): ResolvedSettings {
  if (!isObject(given)) {
    throw new TypeError(
      `[UserEngage] settings must be an object, as in userEngage({ apiKey, endpoint }); got ${shown(given)}.`,
    )
  }
  // A preview without environment variables must not fail for want of the other settings.
  if ((given as UserEngageSettings).enabled === false) return disabledSettings
  const settings = checked('', given, rules, defaults)
  const queue = checked('queue.', settings.queue as QueueSettings, queueRules, queueDefaults)
  return { ...settings, queue } as unknown as ResolvedSettings
}

/**
 * The settings in `given`, with `defaults` for those that are absent.
 *
 * @param path precedes the names in messages: `queue.` for the parts of `queue`
 */
function checked(
  path: string,
  given: object,
  rules: Record<string, Rule>,
  defaults: object,
): Record<string, unknown> {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const settings: Record<string, unknown> = { ...defaults, ...set }
  const known = Object.keys(rules)
  const unknown = Object.keys(set).filter((name) => !known.includes(name))
  for (const [name, { isValid, expected }] of Object.entries(rules)) {
    const isDefault = !(name in set) && name in defaults
    if (isDefault || isValid(settings[name])) continue
    const misspelt =
      settings[name] === undefined && unknown.find((other) => closestName(other, known) === name)
    const hint = misspelt ? ` Did you mean ${path}${name} by ${path}${misspelt}?` : ''
    throw new TypeError(
      `[UserEngage] ${path}${name} must be ${expected}; got ${shown(settings[name])}.${hint}`,
    )
  }
  for (const name of unknown) {
    const closest = closestName(name, known)
    const hint = closest
      ? `Did you mean ${path}${closest}?`
      : `There are ${known.map((one) => path + one).join(', ')}.`
    console.warn(`[UserEngage] unknown setting ${path}${name}: ignored. ${hint}`)
  }
  return settings
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

const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value))
