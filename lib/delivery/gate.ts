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
 *
 * `isProbeDue`: it may be this message that fails, and not the endpoint. So another message may go at once, in spite of
 * the closed gate.
 */
export type Gate =
  | { kind: 'open' }
  /** `failures` counts the attempts in a row that failed. */
  | { kind: 'backoff'; failures: number; isProbeDue: boolean; until: number }
  | { kind: 'misconfigured'; isProbeDue: boolean; until: number }

export const openGate: Gate = { kind: 'open' }

/** How long a wrong set-up is left alone before it is tried again, in milliseconds. */
const misconfiguredPauseMs = 5 * 60_000

/**
 * The first failure in a row that calls for a probe, and how many failures lie between two of them. An endpoint that
 * recovers between a failure and its probe gets that later message first: so a probe is rare. A time-out has taken long
 * already.
 */
const firstProbe = 3
const firstProbeAfterTimeouts = 2
const probeEvery = 4

export interface GateFacts {
  /** The monotonic clock, in milliseconds. */
  now: number
  /** From 0 to 1. */
  random: number
  /** Whether time does not help: the browser is offline, or the page ends. */
  isTimeOfNoUse: boolean
  /** Whether the outcome is that of a probe. */
  isProbe: boolean
}

/** The gate after an outcome. */
export function nextGate(
  gate: Gate,
  outcome: Outcome,
  { now, random, isTimeOfNoUse, isProbe }: GateFacts,
): Gate {
  switch (outcome.kind) {
    case 'delivered':
    case 'refused':
      return openGate
    case 'misconfigured':
      return {
        kind: 'misconfigured',
        // A firewall may answer 403 to the text of one message. All else is the same for every message.
        isProbeDue: outcome.status === 403 && !isProbe,
        until: now + misconfiguredPauseMs,
      }
    case 'retryable': {
      if (outcome.cause === 'aborted' || isTimeOfNoUse) return gate
      if (isProbe && gate.kind !== 'open') return { ...gate, isProbeDue: false }
      // Of requests that were in flight together, one failure counts.
      if (gate.kind === 'backoff' && gate.until > now) return gate
      const failures = gate.kind === 'backoff' ? gate.failures + 1 : 1
      return {
        kind: 'backoff',
        failures,
        isProbeDue:
          failures % probeEvery === (outcome.cause === 'timeout' ? firstProbeAfterTimeouts : firstProbe),
        until: now + backoffMs(failures, random),
      }
    }
  }
}

/** How long the gate stays closed, in milliseconds; 0 where it is open. */
export const closedMs = (gate: Gate, now: number): number =>
  gate.kind === 'open' ? 0 : Math.max(gate.until - now, 0)

/** The gate as it is when somebody asks to try at once. */
export const tryNow = (gate: Gate): Gate => (gate.kind === 'open' ? gate : { ...gate, until: 0 })
