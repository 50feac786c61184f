import type { Message } from '../../protocol/message.ts'
import { keyParts } from './entry-key.ts'

/** A message on its way, from the call until it is settled. */
export interface Entry {
  /** Where it is stored, and its place in the order: see entry-key.ts. */
  readonly key: string
  message: Message
  /** The diagram in delivery.ts shows how these follow each other. */
  state: 'captured' | 'waiting' | 'sending' | 'pausing' | 'settled'
  /** Whether the journal has it. */
  isJournaled: boolean
  /** Whether the database has it. */
  isStored: boolean
  /** When it is too old, by the monotonic clock: the visitor may set the other one. */
  readonly expiresAt: number
  /** Whether another page wrote it, and this one has claimed it. */
  readonly isClaimed: boolean
  /** Requests made for it by this page. */
  attempts: number
  /** Attempts in a row that failed, and those of them that got no answer in time. */
  failures: number
  timeouts: number
  /** When the last request for it failed without an answer, by the monotonic clock. */
  failedAt: number
  /** See set-aside.ts. */
  setAside: { count: number; until: number } | undefined
  /** How many times a page sent it as it ended, without an answer. */
  exits: number
}

export const createEntry = (
  key: string,
  message: Message,
  { expiresAt, isClaimed }: Pick<Entry, 'expiresAt' | 'isClaimed'>,
): Entry => ({
  key,
  message,
  state: 'captured',
  isJournaled: false,
  isStored: false,
  expiresAt,
  isClaimed,
  attempts: 0,
  failures: 0,
  timeouts: 0,
  failedAt: Number.NEGATIVE_INFINITY,
  setAside: undefined,
  exits: 0,
})

/** Whether a storage has it, so that it survives this page. */
export const isPersisted = ({ isStored, isJournaled }: Entry): boolean => isStored || isJournaled

export const isInFlight = ({ state }: Entry): boolean => state === 'sending' || state === 'pausing'

/** The message that was stored under `key`; `undefined` where the text is damaged, or was edited into none. */
export function readStored(key: string, text: string): Message | undefined {
  try {
    const message = JSON.parse(text) as Message | null
    const isMessage =
      message?.type === keyParts(key)?.type &&
      // A site may set its own, even a number.
      (typeof message?.messageId === 'string' || typeof message?.messageId === 'number') &&
      typeof message.timestamp === 'string' &&
      typeof message.context === 'object' &&
      message.context !== null
    return isMessage ? message : undefined
  } catch {
    return undefined
  }
}
