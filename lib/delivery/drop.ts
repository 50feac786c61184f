import type { Message } from '../../protocol/message.ts'
import type { Misconfigured, Retryable } from './outcome.ts'

/**
 * Why a message was dropped; the list is closed.
 *
 * - `refused`: the endpoint refused it;
 * - `expired`: it waited longer than `queue.maxAgeHours`;
 * - `overflow`: more than `queue.maxMessages` waited;
 * - `consent`: the visitor has not agreed to the categories of `consent`, or has withdrawn the agreement;
 * - `gpc`: the visitor's browser asks for privacy (Global Privacy Control), and `respectGpc` is set;
 * - `beforeSend`: the site's `beforeSend` returned `null`, or failed;
 * - `middleware`: a destination middleware, such as that of a consent tool, did not let the call through, or failed;
 * - `cleared`: the site called `plugin.clear()`.
 */
export type DropReason =
  | 'refused'
  | 'expired'
  | 'overflow'
  | 'consent'
  | 'gpc'
  | 'beforeSend'
  | 'middleware'
  | 'cleared'

/** Why a message was dropped, with the endpoint's answer where there was one. */
export interface Drop {
  reason: DropReason
  /** HTTP status. */
  status?: number
  /** The endpoint's own words. */
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
  /** Messages dropped, by reason. */
  dropped: Partial<Record<DropReason, number>>
}

/** Hears what happens to the messages. None of its methods may throw. */
export interface DeliveryListener {
  onDelivered(message: Message): void
  onDropped(message: Message, drop: Drop): void
  /** @param waitMs until the next attempt, in milliseconds; 0 where it waits for a connection or the next page */
  onRetry(message: Message, failure: Retryable, waitMs: number): void
  /** @param waitMs until the message is tried again, in milliseconds */
  onSetAside(message: Message, waitMs: number): void
  onMisconfigured(outcome: Misconfigured, waitMs: number): void
  /** A request is over, while the page lives: somebody has answered it, or nobody has. */
  onRequestEnd(isAnswered: boolean): void
  /** Something that only helps to debug. */
  onDebug(text: string): void
  /** A bug of the plugin. */
  onBug(error: unknown): void
}
