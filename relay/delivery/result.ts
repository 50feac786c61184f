import type { MessageType } from '../../protocol/message.ts'

/** What may become of a message. */
export const outcomes = [
  'delivered',
  'repeated',
  'dropped',
  'refused',
  'spooled',
  'waits',
  'misconfigured',
  'failed',
  'expired',
] as const

/**
 * - `delivered`: User.com has it
 * - `repeated`: User.com had it already
 * - `dropped`: `beforeSend` dropped it
 * - `refused`: it is wrong, or not wanted, and must not come again
 * - `spooled`: it is kept here, and delivered later
 * - `waits`: it cannot be delivered now; the page is to send it again
 * - `misconfigured`: User.com refuses the relay itself; the page is to send it again
 * - `failed`: `verify`, `beforeSend` or `ip` failed; the page is to send it again
 * - `expired`: it was kept here for a week, and User.com did not take it
 */
export type Outcome = (typeof outcomes)[number]

/** A value that was left out, by the name of its field. */
export interface Omitted {
  name: string
  reason: string
}
/** Tells that a value is left out. */
export type Omit = (name: string, reason: string) => void

/** What became of a message, without its values. */
export interface Result {
  messageId?: string | undefined
  type?: MessageType | undefined
  outcome: Outcome
  /** As which it was answered. */
  status: number
  /** Why, in the relay's own words. */
  reason?: string | undefined
  /** Fields that were left out, and why. */
  omitted: Omitted[]
  /** REST calls that it took. */
  calls: number
  ms: number
}

/** What a message came to, and what the page is told of it. */
export interface Verdict {
  outcome: Outcome
  status: number
  /** For the page: User.com's own words too. */
  message?: string | undefined
  /** For the log, where it must differ from what the page is told: no values. */
  reason?: string | undefined
  /** When the page may come again. */
  afterMs?: number | undefined
  omitted?: Omitted[] | undefined
  calls?: number | undefined
}
