import type { Entry } from './entry.ts'
import { type Outcome, wasAnswered } from './outcome.ts'
import type { AttemptOptions, Send, Time } from './ports.ts'

/** A slow endpoint is given twice the time with each attempt, up to this many times. */
const mostTimeoutDoublings = 4

/** The attempts under way. An entry is `sending` while its request is in flight, and `pausing` before a short repeat. */
export interface Attempts {
  /** Begins one. `false` where the page ends and the browser has no room for one more request. */
  start(
    entry: Entry,
    options: Pick<AttemptOptions, 'isExit' | 'retries'>,
    onOutcome: (outcome: Outcome) => void,
  ): boolean
  /** Ends the pauses before repeats: their entries wait again. */
  endPauses(): void
  /** Ends the attempt for an entry, if there is one. Nobody hears of its outcome. */
  cancel(entry: Entry): void
  /** The attempt for an entry goes on, and nobody hears of its outcome. */
  letGo(entry: Entry): void
  inFlight(): number
  /** Requests beyond the first of each entry. */
  retried(): number
}

export interface AttemptsHost {
  /** Every request that ends while the page lives, repeats included. */
  onRequestEnd(isAnswered: boolean): void
  /** A request has failed, and is repeated after a short pause. */
  onTrouble(): void
}

/** @param timeoutMs the limit of the first request for an entry, in milliseconds */
export function createAttempts(send: Send, time: Time, timeoutMs: number, host: AttemptsHost): Attempts {
  const cancels = new Map<Entry, AbortController>()
  let retried = 0

  function cancel(entry: Entry): void {
    cancels.get(entry)?.abort()
    cancels.delete(entry)
  }

  return {
    start(entry, options, onOutcome) {
      const cancelling = new AbortController()
      const sending = send(entry.message, {
        ...options,
        timeoutMs: timeoutMs * 2 ** Math.min(entry.timeouts, mostTimeoutDoublings),
        signal: cancelling.signal,
        onPause(isAnswered) {
          host.onRequestEnd(isAnswered)
          if (!isAnswered) entry.failedAt = time.monotonic()
          if (entry.state === 'sending') entry.state = 'pausing'
          host.onTrouble()
        },
        onRetry() {
          if (entry.state === 'pausing') entry.state = 'sending'
          entry.attempts++
          retried++
        },
      })
      if (!sending) return false
      entry.state = 'sending'
      cancels.set(entry, cancelling)
      if (entry.attempts++ > 0) retried++
      void sending.then((outcome) => {
        // Cancelled, and perhaps begun anew.
        if (cancels.get(entry) !== cancelling) return
        cancels.delete(entry)
        if (entry.state !== 'settled') entry.state = 'waiting'
        const isAnswered = options.isExit ? undefined : wasAnswered(outcome)
        if (isAnswered !== undefined) host.onRequestEnd(isAnswered)
        onOutcome(outcome)
      })
      return true
    },
    endPauses() {
      for (const entry of [...cancels.keys()]) {
        if (entry.state !== 'pausing') continue
        cancel(entry)
        entry.state = 'waiting'
      }
    },
    cancel,
    letGo: (entry) => void cancels.delete(entry),
    inFlight: () => cancels.size,
    retried: () => retried,
  }
}
