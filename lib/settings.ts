import type { Drop } from './delivery/events.ts'
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
   * Ids of the consent categories that the visitor must have agreed to, all of them, as consent tools stamp them on
   * every event (`context.consent.categoryPreferences`). A message without that stamp is not sent either.
   * @default [] (none is asked for)
   */
  consent?: string[]
  /** How messages wait that could not be delivered yet. Any part may be given. */
  queue?: QueueSettings
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

/** How messages wait that could not be delivered yet. */
export interface QueueSettings {
  /**
   * How many may wait, over all tabs of the site. Of more, the oldest is dropped, identify and group calls last.
   * @default 1000
   */
  maxMessages?: number
  /**
   * How long one may wait, in hours, from when the plugin took it.
   * @default 168 (a week)
   */
  maxAgeHours?: number
  /**
   * `durable`: messages survive the page, the tab and the browser. `memory`: nothing is kept on the device.
   * @default 'durable'
   */
  storage?: 'durable' | 'memory'
}

/** Settings as the plugin uses them: checked, nothing missing. */
export type Resolved = Required<Omit<UserEngageSettings, 'queue'>> & { queue: Required<QueueSettings> }

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
  consent: {
    fits: (value) => Array.isArray(value) && value.every((id) => typeof id === 'string' && id !== ''),
    expected: 'an array of the ids of consent categories, such as ["C0002"]',
  },
  queue: {
    fits: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    expected: 'an object, such as { maxMessages: 1000 }',
  },
  timeoutMs: {
    fits: (value) => typeof value === 'number' && value > 0 && value <= 2_147_483_647,
    expected: 'a number of milliseconds above 0',
  },
  onDelivered: isFunction,
  onDropped: isFunction,
  debug: { fits: (value) => typeof value === 'boolean', expected: 'true or false' },
}

const queueRules: Record<keyof QueueSettings, Rule> = {
  maxMessages: {
    fits: (value) => Number.isSafeInteger(value) && (value as number) > 0,
    expected: 'a whole number above 0',
  },
  maxAgeHours: {
    // In milliseconds it must not leave the range of dates.
    fits: (value) => typeof value === 'number' && value > 0 && value <= 1_000_000,
    expected: 'a number of hours above 0',
  },
  storage: {
    fits: (value) => value === 'durable' || value === 'memory',
    expected: '"durable" or "memory"',
  },
}

const defaults = { consent: [], queue: {}, timeoutMs: 10_000, onDelivered() {}, onDropped() {}, debug: false }
const queueDefaults = { maxMessages: 1000, maxAgeHours: 168, storage: 'durable' }

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
  const settings = checked('', given, rules, defaults)
  const queue = checked('queue.', settings.queue as QueueSettings, queueRules, queueDefaults)
  return { ...settings, queue } as unknown as Resolved
}

/** `given` over `defaults`, if all of it obeys `rules`. `path` is what stands before the names in what is said. */
function checked(
  path: string,
  given: object,
  rules: Record<string, Rule>,
  defaults: object,
): Record<string, unknown> {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const settings: Record<string, unknown> = { ...defaults, ...set }
  for (const [name, { fits, expected }] of Object.entries(rules)) {
    if (fits(settings[name])) continue
    throw new TypeError(`[UserEngage] ${path}${name} must be ${expected}; got ${shown(settings[name])}.`)
  }
  const unknown = Object.keys(set).filter((name) => !Object.hasOwn(rules, name))
  if (unknown.length > 0) {
    const known = Object.keys(rules).join(', ')
    const names = unknown.map((name) => path + name).join(', ')
    console.warn(`[UserEngage] unknown setting ${names}: ignored. Known are ${known}.`)
  }
  return settings
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
