import type { Entry } from './entry.ts'
import type { Gate } from './gate.ts'

// One message may fail again and again although the endpoint takes all others: a firewall dislikes its text, or the
// server fails over it. Such a message is set aside:
//
//     in order --fails twice, a later one is delivered--> suspect --fails once more--> set aside, pausing
//        ^                                                   |                            |      ^
//        '------------- delivered <--------------------------'<-----------its turn--------'------'
//
// Whether the message or the endpoint is at fault shows only when another message is tried: the probe.

/** A message that failed this often is no longer the only one that is tried. */
const failuresBeforeProbe = 2

/** Of so many attempts in a row that fail, one is a probe. */
const probeEvery = 3

/** The first pause of a message that is set aside, and the longest, in milliseconds. */
const firstPauseMs = 60_000
const longestPauseMs = 3_600_000

/** Whether the next attempt is better made with a later message than with `head`, the first that waits. */
export function isProbeDue(head: Entry, gate: Gate): boolean {
  if (gate.kind === 'misconfigured') return !gate.isProven && head.failures > 0
  return (
    gate.kind === 'backoff' &&
    head.failures >= failuresBeforeProbe &&
    gate.failures % probeEvery === probeEvery - 1
  )
}

/** Whether a message may serve as a probe: it has not failed itself. */
export const isProbe = ({ failures, setAside }: Entry): boolean => failures === 0 && setAside === undefined

/** Marks what failed before `delivered`, and is still waiting, as suspect. */
export function suspect(entries: Iterable<Entry>, delivered: Entry, gate: Gate): void {
  const enough = gate.kind === 'misconfigured' ? 1 : failuresBeforeProbe
  for (const entry of entries) {
    if (entry.key >= delivered.key) return
    if (entry.failures >= enough) entry.isSuspect = true
  }
}

/** Sets a message aside, for longer each time. Returns the pause in milliseconds. */
export function setAside(entry: Entry, now: number): number {
  const count = (entry.setAside?.count ?? 0) + 1
  const pauseMs = Math.min(firstPauseMs * 2 ** (count - 1), longestPauseMs)
  entry.setAside = { count, until: now + pauseMs }
  return pauseMs
}

/** Whether a message pauses at the moment. */
export const isPausing = ({ setAside }: Entry, now: number): boolean => (setAside?.until ?? 0) > now
