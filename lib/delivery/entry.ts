import type { Message, MessageType } from '../../protocol/message.ts'
import { isMessageType } from '../../protocol/message-type.ts'

/** A message on its way, from the call until it is settled. */
export interface Entry {
  /** Where it is stored, and its place in the order: see `entryKey`. */
  readonly key: string
  message: Message
  phase: 'noted' | 'waiting' | 'sending' | 'settled'
  /** Whether the journal holds it. */
  journaled: boolean
  /** Whether the database holds it. */
  stored: boolean
  /** Requests made for it by this page. */
  attempts: number
  /** When the last of them ended without any answer, in milliseconds since 1970; 0 where none did. */
  unansweredAt: number
}

/** What the key of an entry tells without a look at its message. */
export interface KeyParts {
  queue: string
  /** The call's place among those of its page. */
  sequence: number
  /** When the message is too old to be of use, in milliseconds since 1970. */
  expires: number
  type: MessageType
}

/** Of one format and no other: what a later version writes has another number. */
const format = 'userengage:1'
/** What all keys of this format begin with, whatever their queue. */
export const everyQueue = `${format}:`

/** A queue belongs to one endpoint and one key; this is its name in every storage. */
export const queueName = (endpoint: string, apiKey: string): string =>
  `${format}:${[endpoint, apiKey].map((part) => part.replace(/[:%]/g, encodeURIComponent)).join(':')}`

/** The name of a life. Later ones sort behind earlier ones. */
export const lifeName = (start: number, random: number): string =>
  `${base36(start, 9)}-${random.toString(36).slice(2, 10)}`

/** Keys sort by the start of the page, then by the order of its calls: one sort puts a visitor's journey in order. */
export const entryKey = (
  prefix: string,
  { sequence, expires, type }: Pick<KeyParts, 'sequence' | 'expires' | 'type'>,
): string => prefix + [base36(sequence, 6), base36(expires, 9), type].join(':')

/** What all keys of one life begin with. */
export const lifePrefix = (queue: string, life: string): string => `${queue}:${life}:`

/** The part of a key that it shares with all others of its life. */
export const prefixOf = (key: string): string => `${key.split(':').slice(0, 5).join(':')}:`

/** Queue, life (which stays unnamed), sequence, expiry, and type. */
const keyFormat = new RegExp(`^(${format}:[^:]*:[^:]*):[^:]+:(\\w+):(\\w+):(.*)$`)

/** `undefined` where it is no key of this format: somebody else's, or damaged. */
export function keyParts(key: string): KeyParts | undefined {
  const [, queue = '', sequence = '', expires = '', type = ''] = keyFormat.exec(key) ?? []
  const number = (text: string): number => Number.parseInt(text, 36)
  return isMessageType(type)
    ? { queue, sequence: number(sequence), expires: number(expires), type }
    : undefined
}

/** Calls that say who somebody is: where there is no room for all, the others go first. */
export const isIdentity = (key: string): boolean => /:(identify|group)$/.test(key)

/**
 * The `count` keys to give up when there are too many: those that were taken first, and identity last.
 *
 * @param keys in their order
 */
export function expendable(keys: readonly string[], count: number): string[] {
  const ranked = keys.map((key) => [`${Number(isIdentity(key))} ${key.split(':')[6]}`, key] as const)
  return ranked
    .sort(byKey)
    .slice(0, count)
    .map(([, key]) => key)
}

/** The order of what has a key. */
export const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : Number(a > b)

/** The message that was stored under `key`; `undefined` where the text was damaged, or edited into none. */
export function readStored(key: string, text: string): Message | undefined {
  try {
    const message = JSON.parse(text) as Message | null
    const isMessage =
      message?.type === keyParts(key)?.type &&
      typeof message?.messageId === 'string' &&
      typeof message.timestamp === 'string' &&
      typeof message.context === 'object' &&
      message.context !== null
    return isMessage ? message : undefined
  } catch {
    return undefined
  }
}

const base36 = (number: number, digits: number): string =>
  Math.round(number).toString(36).padStart(digits, '0')
