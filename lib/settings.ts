import type { Drop } from './delivery/delivery.ts'
import type { Message } from './message.ts'

/** What a site tells the plugin. */
export interface UserEngageSettings {
  /** The "Segment API key" of UserEngage's App settings > Advanced > Segment API keys. */
  apiKey: string
  /**
   * Absolute http(s) URL that takes the messages: the one that UserEngage gives you, a relay's, or the sandbox's.
   * UserEngage publishes no URL for its Segment API keys, so there is no default.
   */
  endpoint: string
  /**
   * How long one request may take, in milliseconds.
   * @default 10000
   */
  timeoutMs?: number
  /** Told of every message that the endpoint took. */
  onDelivered?: (message: Message) => void
  /** Told of every message that was given up, and why. */
  onDropped?: (message: Message, drop: Drop) => void
  /**
   * Readable lines on the console: what is taken, sent, delivered, tried again.
   * @default false
   */
  debug?: boolean
}

/** Settings as the plugin uses them: checked, nothing missing. */
export type Resolved = Required<UserEngageSettings>

interface Rule {
  fits(value: unknown): boolean
  expected: string
}

const isFunction: Rule = { fits: (value) => typeof value === 'function', expected: 'a function' }

const rules: Record<keyof UserEngageSettings, Rule> = {
  apiKey: {
    fits: (value) => typeof value === 'string' && value.trim() !== '',
    expected: 'the "Segment API key" of UserEngage: App settings > Advanced > Segment API keys',
  },
  endpoint: {
    fits: isEndpoint,
    expected:
      'an absolute http(s) URL that takes the messages, such as "http://localhost:4400/api/segment/" of the sandbox',
  },
  timeoutMs: {
    fits: (value) => typeof value === 'number' && value > 0 && value <= 2_147_483_647,
    expected: 'a number of milliseconds above 0',
  },
  onDelivered: isFunction,
  onDropped: isFunction,
  debug: { fits: (value) => typeof value === 'boolean', expected: 'true or false' },
}

const defaults = { timeoutMs: 10_000, onDelivered() {}, onDropped() {}, debug: false }

/**
 * Checks the settings and fills in the defaults. `undefined` counts as not given.
 *
 * @throws TypeError that names the first wrong setting, what was given and what is expected
 */
export function resolveSettings(given: UserEngageSettings): Resolved {
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(
      `[UserEngage] settings must be an object, as in userEngage({ apiKey, endpoint }); got ${shown(given)}.`,
    )
  }
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const settings: Record<string, unknown> = { ...defaults, ...set }
  for (const [name, { fits, expected }] of Object.entries(rules)) {
    if (fits(settings[name])) continue
    throw new TypeError(`[UserEngage] ${name} must be ${expected}; got ${shown(settings[name])}.`)
  }
  const unknown = Object.keys(set).filter((name) => !Object.hasOwn(rules, name))
  if (unknown.length > 0) {
    console.warn(
      `[UserEngage] unknown setting ${unknown.join(', ')}: ignored. Known are ${Object.keys(rules).join(', ')}.`,
    )
  }
  return settings as unknown as Resolved
}

function isEndpoint(value: unknown): boolean {
  if (typeof value !== 'string') return false
  try {
    const { protocol, username, password } = new URL(value)
    // fetch refuses a URL that holds a password; the key is sent as a header instead.
    return /^https?:$/.test(protocol) && username === '' && password === ''
  } catch {
    return false
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
