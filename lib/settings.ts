import { isObject } from '../protocol/json-object.ts'
import type { Message } from '../protocol/message.ts'
import { type ContextProfile, profileFields } from '../protocol/profile.ts'
import type { Drop } from './delivery/events.ts'
import { nearest } from './nearest.ts'

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
  /**
   * Profile fields never to send, by UserEngage's names, such as `['resolution', 'device_name']`: all that tells them in
   * a message is taken out before it is stored. The user agent string names browser, system and at times the device:
   * to omit those altogether, omit `user_agent` as well. The endpoint sees from which address a request comes, whatever
   * is omitted.
   * @default []
   */
  omit?: (keyof ContextProfile)[]
  /**
   * Changes a message, or drops it by returning `null`. It is called once for each message, before that is stored on
   * the device, with all that will be sent of it; it may change the message that it is given. `type` and `messageId`
   * stay as they are. A message is dropped, too, where it throws or returns anything else: that is an error on the
   * console, and every drop has the reason `beforeSend`. Not for what `omit` can do: with it, the calls of a page's first
   * moments wait in memory until browser, system and device are known.
   * @default none
   * @example
   * beforeSend(message) {
   *   if (message.type === 'track' && message.event === 'Heartbeat') return null
   *   delete message.context.page?.search
   *   return message
   * }
   */
  beforeSend?: (message: Message) => Message | null
  /**
   * In single-page apps: calls `analytics.page()` on every route change, but not for the route on which the page was
   * loaded. A new history entry counts, or going back or forward to one, if its URL is another, its query included;
   * an entry that is replaced, if its path is another. Anchors (`#section`) do not count, the fragments of hash routers
   * (`#/route`, `#!route`) do. The call is made half a second after the change, when the title is there and redirects
   * are over; one that the page makes itself in that time takes its place.
   * @default false
   */
  autoPage?: boolean
  /**
   * Sends nothing while the visitor's browser asks for privacy by Global Privacy Control. Calls that are made, or that
   * would be sent, in that time are dropped.
   * @default false
   */
  respectGpc?: boolean
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

/** Settings as the plugin uses them: checked, nothing missing but what is off. */
export type Resolved = Required<Omit<UserEngageSettings, 'queue' | Switch>> &
  Pick<UserEngageSettings, Switch> & { queue: Required<QueueSettings> }
type Switch = 'beforeSend' | 'onDelivered' | 'onDropped' | 'autoPage' | 'respectGpc' | 'debug'

/** Whether a value is of use, and what to write in its place. */
type Rule = readonly [fits: (value: unknown) => boolean, expected: string]

const isCallback: Rule = [isOptional('function'), 'a function']
const isFlag: Rule = [isOptional('boolean'), 'true or false']

const rules: Record<keyof UserEngageSettings, Rule> = {
  apiKey: [
    (value) => typeof value === 'string' && value.trim() !== '',
    'the "Segment API key" of App settings > Advanced > Segment API keys',
  ],
  endpoint: [isEndpoint, 'an absolute http(s) URL'],
  consent: [
    (value) => Array.isArray(value) && value.every((id) => typeof id === 'string' && id !== ''),
    'an array of category ids',
  ],
  queue: [isObject, 'an object'],
  timeoutMs: [isUpTo(2_147_483_647), 'a number of milliseconds above 0'],
  omit: [
    (value) =>
      Array.isArray(value) && value.every((field) => (profileFields as readonly unknown[]).includes(field)),
    `an array of profile fields: ${profileFields.join(', ')}`,
  ],
  beforeSend: isCallback,
  onDelivered: isCallback,
  onDropped: isCallback,
  autoPage: isFlag,
  respectGpc: isFlag,
  debug: isFlag,
}

const queueRules: Record<keyof QueueSettings, Rule> = {
  maxMessages: [(value) => Number.isInteger(value) && (value as number) > 0, 'a whole number above 0'],
  // In milliseconds it must not leave the range of dates.
  maxAgeHours: [isUpTo(1_000_000), 'a number of hours above 0'],
  storage: [(value) => value === 'durable' || value === 'memory', '"durable" or "memory"'],
}

const defaults = { consent: [], omit: [], queue: {}, timeoutMs: 10_000 }
const queueDefaults = { maxMessages: 1000, maxAgeHours: 168, storage: 'durable' }

/**
 * Checks the settings and fills in the defaults. `undefined` counts as not given.
 *
 * @throws TypeError that names the first wrong setting, what was given and what is expected
 */
export function resolveSettings(given: UserEngageSettings): Resolved {
  if (!isObject(given)) {
    throw wrong('settings', 'an object, as in userEngage({ apiKey, endpoint })', given)
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
  for (const [name, [fits, expected]] of Object.entries(rules)) {
    if (fits(settings[name])) continue
    throw wrong(path + name, expected, settings[name])
  }
  const known = Object.keys(rules)
  for (const name of Object.keys(set)) {
    if (known.includes(name)) continue
    console.warn(
      `[UserEngage] unknown setting ${path}${name}: ignored. Did you mean ${path}${nearest(name, known)}?`,
    )
  }
  return settings
}

function isOptional(type: string): Rule[0] {
  return (value) => value === undefined || typeof value === type
}

function isUpTo(most: number): Rule[0] {
  return (value) => typeof value === 'number' && value > 0 && value <= most
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

function wrong(name: string, expected: string, given: unknown): TypeError {
  const shown = typeof given === 'string' ? JSON.stringify(given) : String(given)
  return new TypeError(`[UserEngage] ${name} must be ${expected}; got ${shown}.`)
}
