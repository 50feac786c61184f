import type { MessageType } from '../../protocol/message.ts'
import { isMessageType } from '../../protocol/message-type.ts'

/** What the key of an entry reveals without a look at its message. */
export interface KeyParts {
  queue: string
  /** The call's place among those of its lease. */
  sequence: number
  /** When the message expires, in milliseconds since 1970. */
  expires: number
  type: MessageType
}

/** The version of the keys. Entries of later versions have another number and are left alone. */
const format = 'userengage:1'

/** All keys of this format begin with this, whatever their queue. */
export const everyQueue = `${format}:`

/** The name of a queue in every storage: a queue belongs to one endpoint and one API key. */
export const queueName = (endpoint: string, apiKey: string): string =>
  `${format}:${[endpoint, apiKey].map((part) => part.replace(/[:%]/g, encodeURIComponent)).join(':')}`

/** What all keys of a queue begin with. */
export const queuePrefix = (queue: string): string => `${queue}:`

/**
 * The name of a new lease, with which all its keys begin. Later leases sort behind earlier ones.
 *
 * @param start milliseconds since 1970
 * @param random from 0 to 1
 */
export const leaseName = (queue: string, start: number, random: number): string =>
  `${queue}:${base36(start, 9)}-${random.toString(36).slice(2, 10)}:`

/** Keys sort by the start of their lease, then by the order of its calls: one sort puts a visitor's journey in order. */
export const entryKey = (
  lease: string,
  { sequence, expires, type }: Pick<KeyParts, 'sequence' | 'expires' | 'type'>,
): string => lease + [base36(sequence, 6), base36(expires, 9), type].join(':')

/** When a lease was begun, in milliseconds since 1970. */
export const leaseStart = (lease: string): number =>
  Number.parseInt(lease.split(':')[4]?.split('-')[0] ?? '', 36)

/** The lease that a key belongs to. */
export const leaseOf = (key: string): string => `${key.split(':').slice(0, 5).join(':')}:`

/** Queue, lease (which stays unnamed), sequence, expiry, and type. */
const keyFormat = new RegExp(`^(${format}:[^:]*:[^:]*):[^:]+:(\\w+):(\\w+):(.*)$`)

/** `undefined` where it is no key of this format: it is somebody else's, or damaged. */
export function keyParts(key: string): KeyParts | undefined {
  const [, queue = '', sequence = '', expires = '', type = ''] = keyFormat.exec(key) ?? []
  if (!isMessageType(type)) return undefined
  return {
    queue,
    sequence: Number.parseInt(sequence, 36),
    expires: Number.parseInt(expires, 36),
    type,
  }
}

/** Calls that say who somebody is: where there is no room for all, the others are dropped first. */
export const isIdentity = (key: string): boolean => /:(identify|group)$/.test(key)

/**
 * The `count` keys to drop when there are too many: those that expire first, and identity last.
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

/** Compares pairs by their keys. */
export const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : Number(a > b)

const base36 = (number: number, digits: number): string =>
  Math.round(number).toString(36).padStart(digits, '0')
