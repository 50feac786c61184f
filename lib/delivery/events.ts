import type { Message } from '../../protocol/message.ts'
import type { Refusal } from './ports.ts'

/**
 * Why a message was given up; the list is closed.
 *
 * - `refused`: the endpoint will not have it;
 * - `expired`: it waited longer than `queue.maxAgeHours`;
 * - `overflow`: more than `queue.maxMessages` waited;
 * - `consent`: the visitor has not agreed to the categories of `consent`;
 * - `gpc`: the visitor's browser asks for privacy (Global Privacy Control), and `respectGpc` is set;
 * - `beforeSend`: the site's `beforeSend` returned `null`, or failed;
 * - `middleware`: a destination middleware, such as that of a consent tool, did not let the call through, or failed.
 */
export type DropReason = 'refused' | 'expired' | 'overflow' | 'consent' | 'gpc' | 'beforeSend' | 'middleware'

/** Why a message was dropped, with what the endpoint said of it. */
export interface Drop {
  reason: DropReason
  /** HTTP status. */
  status?: number
  /** What the endpoint said in its own words. */
  serverMessage?: string
}

/** What became of the messages since the page was loaded. */
export interface Stats {
  /** Messages of this page, and of closed ones that it took over, that wait now, without those in flight. */
  queued: number
  /** Messages in flight now. */
  inFlight: number
  delivered: number
  /** Attempts beyond the first of each message. */
  retried: number
  /** Messages given up, by reason. */
  dropped: Partial<Record<DropReason, number>>
}

/** What the delivery tells as it happens. None of these may throw. */
export interface DeliveryEvents {
  delivered(message: Message): void
  dropped(message: Message, drop: Drop): void
  retrying(message: Message, failure: { status?: number }, waitMs: number): void
  misconfigured(refusal: Refusal<'misconfigured'>, waitMs: number): void
  /** A line for whoever debugs. */
  log(text: string): void
}
