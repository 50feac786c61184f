import type { Entry } from './entry.ts'

// One message may fail again and again although the endpoint takes all others: a firewall dislikes its text, or the
// server fails over it. Whether the message or the endpoint is at fault shows only when another message is tried, the
// probe, right after the first one has failed once more. If the probe is delivered, the other one is a suspect, which is
// tried once more at once, because the endpoint may just have recovered. If that fails too, it is set aside:
//
//     in order --the probe is delivered--> suspect --fails--> set aside, pausing --its turn, fails--> pausing for longer
//                                             '--delivered--> settled <--its turn, delivered--'

/** The first pause of a message that is set aside, and the longest, in milliseconds. */
const firstPauseMs = 60_000
const longestPauseMs = 3_600_000

/** Whether a message may serve as a probe: it has not failed itself. */
export const isProbe = ({ failures, setAside }: Entry): boolean => failures === 0 && setAside === undefined

/** Suspects a message: it is tried at once, and holds up no other if it fails. */
export function suspect(entry: Entry, now: number): void {
  entry.setAside = { count: 0, until: now }
}

/** Sets a message aside, for longer each time. Returns the pause in milliseconds. */
export function setAside(entry: Entry, now: number): number {
  const count = (entry.setAside?.count ?? 0) + 1
  const pauseMs = Math.min(firstPauseMs * 2 ** (count - 1), longestPauseMs)
  entry.setAside = { count, until: now + pauseMs }
  return pauseMs
}

/** Those that failed before the probe, which was delivered: they are at fault themselves. */
export function failedBefore(probe: Entry, entries: Iterable<Entry>): Entry[] {
  const failed: Entry[] = []
  for (const entry of entries) {
    if (entry === probe) break
    if (entry.failures > 0 && !entry.setAside) failed.push(entry)
  }
  return failed
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
