import type { Outcome, Result } from './delivery/result.ts'

/** What a relay has done since it was made. */
export interface Stats extends Record<Outcome, number> {
  /** REST calls that were made. */
  calls: number
  /** Messages that are being worked on. */
  inFlight: number
  /** How long User.com asked for a pause, from now on, in milliseconds. */
  pausedMs: number
}

/** Counts results by their outcome. */
export function createCounters() {
  const counters: Record<Outcome | 'calls', number> = {
    delivered: 0,
    repeated: 0,
    dropped: 0,
    refused: 0,
    spooled: 0,
    waits: 0,
    misconfigured: 0,
    failed: 0,
    expired: 0,
    calls: 0,
  }
  return {
    counters,
    count({ outcome, calls }: Result): void {
      counters[outcome]++
      counters.calls += calls
    },
  }
}
