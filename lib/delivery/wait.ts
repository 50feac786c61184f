import type { Wait } from './delivery-log.ts'
import type { Entry } from './entry.ts'
import { closedMs, type Gate } from './gate.ts'
import type { Connection, RetryAfterStore } from './ports.ts'
import { shortestPauseMs } from './set-aside.ts'

/** The wait of a page that is being left. */
export const untilNavigated: Wait = { reason: 'navigation', ms: Number.POSITIVE_INFINITY }

/**
 * The wait where messages are queued, none may go, and no request is in flight: of several waits the longest.
 *
 * @param entries what is queued
 * @param now the monotonic clock, in milliseconds
 */
export function waitOf(
  { connection, retryAfter }: { connection: Connection; retryAfter: RetryAfterStore },
  gate: Gate,
  entries: Iterable<Entry>,
  now: number,
): Wait {
  if (connection.isOffline()) return { reason: 'offline', ms: Number.POSITIVE_INFINITY }
  const gateMs = closedMs(gate, now)
  const retryAfterMs = retryAfter.remainingMs()
  if (retryAfterMs > gateMs) return { reason: 'retry after', ms: retryAfterMs }
  if (gate.kind !== 'open' && gateMs > 0) return { reason: gate.kind, ms: gateMs }
  // The gate is open and still nothing goes: all that is queued is set aside.
  return { reason: 'set aside', ms: shortestPauseMs(entries, now) }
}
