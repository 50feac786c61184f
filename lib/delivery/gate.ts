import type { Outcome } from './outcome.ts'
import { backoffMs } from './retry-timing.ts'

/**
 * Whether requests may go. Every outcome leads to the next gate:
 *
 *     open --failure--> backoff --failure--> backoff, longer
 *       ^                  |
 *       |<---2xx, 4xx------'
 *       |
 *       '--wrong set-up--> misconfigured --2xx, 4xx--> open
 *
 * A closed gate opens for one attempt when its time is over. What the server asked for by `Retry-After` is kept beside
 * it, because it holds for all pages of the site.
 */
export type Gate =
  | { kind: 'open' }
  /** `failures` counts the attempts in a row that failed. */
  | { kind: 'backoff'; failures: number; until: number }
  /** `isProven`: the set-up failed for more than one message, or in a way that cannot be the message's fault. */
  | { kind: 'misconfigured'; isProven: boolean; until: number }

export const openGate: Gate = { kind: 'open' }

/** How long a wrong set-up is left alone before it is tried again, in milliseconds. */
const misconfiguredPauseMs = 5 * 60_000

export interface GateFacts {
  /** The monotonic clock, in milliseconds. */
  now: number
  /** From 0 to 1. */
  random: number
  /** Whether time does not help: the browser is offline, or the page ends. */
  isTimeOfNoUse: boolean
}

/** The gate after an outcome. */
export function nextGate(gate: Gate, outcome: Outcome, { now, random, isTimeOfNoUse }: GateFacts): Gate {
  switch (outcome.kind) {
    case 'delivered':
    case 'refused':
      return openGate
    case 'misconfigured':
      return {
        kind: 'misconfigured',
        // A firewall may answer 403 to the text of one message. All else is the same for every message.
        isProven: outcome.status !== 403 || gate.kind === 'misconfigured',
        until: now + misconfiguredPauseMs,
      }
    case 'retryable': {
      if (outcome.cause === 'aborted' || isTimeOfNoUse) return gate
      // Of requests that were in flight together, one failure counts.
      if (gate.kind === 'backoff' && gate.until > now) return gate
      const failures = gate.kind === 'backoff' ? gate.failures + 1 : 1
      return { kind: 'backoff', failures, until: now + backoffMs(failures, random) }
    }
  }
}

/** How long the gate stays closed, in milliseconds; 0 where it is open. */
export const closedMs = (gate: Gate, now: number): number =>
  gate.kind === 'open' ? 0 : Math.max(gate.until - now, 0)

/** The gate as it is when somebody asks to try at once. */
export const tryNow = (gate: Gate): Gate => (gate.kind === 'open' ? gate : { ...gate, until: 0 })
