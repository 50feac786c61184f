import type { Entry } from './entry.ts'

// One message may fail again and again although the endpoint takes all others: a firewall dislikes its text, or the
// server fails over it. Whether the message or the endpoint is at fault shows only when another message is tried, the
// probe, right after the first one has failed once more. If the probe is delivered, the other one is set aside:
//
//     in order --fails, the probe is delivered--> set aside, pausing --its turn, fails--> pausing for longer
//                                                        '------------its turn, delivered--> settled

/** The first pause of a message that is set aside, and the longest, in milliseconds. */
const firstPauseMs = 60_000
const longestPauseMs = 3_600_000

/** Whether a message may serve as a probe: it has not failed itself. */
export const isProbe = ({ failures, setAside }: Entry): boolean => failures === 0 && setAside === undefined

/** Sets a message aside, for longer each time. Returns the pause in milliseconds. */
export function setAside(entry: Entry, now: number): number {
  const count = (entry.setAside?.count ?? 0) + 1
  const pauseMs = Math.min(firstPauseMs * 2 ** (count - 1), longestPauseMs)
  entry.setAside = { count, until: now + pauseMs }
  return pauseMs
}

/** Whether a message pauses at the moment. */
export const isPausing = ({ setAside }: Entry, now: number): boolean => (setAside?.until ?? 0) > now

/** How long until the first of these that pauses has its turn, in milliseconds. */
export function shortestPauseMs(entries: Iterable<Entry>, now: number): number {
  let shortest = Number.POSITIVE_INFINITY
  for (const { setAside } of entries)
    shortest = Math.min(shortest, Math.max((setAside?.until ?? now) - now, 0))
  return shortest
}
