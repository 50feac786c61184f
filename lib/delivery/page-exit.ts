import { type Entry, isPersisted } from './entry.ts'
import type { Outbox } from './outbox-types.ts'
import type { ExitWorker, Time } from './ports.ts'
import type { Sender } from './sender-types.ts'

/**
 * What becomes of the messages that wait as the page ends:
 *
 * - `leave`: another page of the site sends them, with an answer;
 * - `hand over`: a worker that outlives the page sends them, with an answer;
 * - `send`: the page itself sends what the browser has room for, and nobody reads the answers.
 */
export type ExitPlan = 'leave' | 'hand over' | 'send'

export interface ExitFacts {
  /** Whether the browser said that the next document is of the same site. */
  isNextPageOfSite: boolean
  /** Whether another tab has just proved that it runs. */
  hasRunningPeer: boolean
  hasWorker: boolean
}

export function planExit({ isNextPageOfSite, hasRunningPeer, hasWorker }: ExitFacts): ExitPlan {
  if (isNextPageOfSite || hasRunningPeer) return 'leave'
  return hasWorker ? 'hand over' : 'send'
}

/** A request that failed so shortly before the page ends was probably cancelled by the navigation. Milliseconds. */
const cancelledByExitMs = 500

/** A message that pages sent this often as they ended waits for a page that reads the answer. */
const mostExits = 3

/** Whether a page that ends sends this message. */
export const isSentAtExit = ({ state, failedAt, exits, setAside }: Entry, now: number): boolean =>
  state === 'waiting' && now - failedAt >= cancelledByExitMs && exits < mostExits && setAside === undefined

/** Leaves the messages of a page that ends. */
export interface PageExit {
  /** The page ends. Returns whether an heir is about to claim what it leaves. */
  begin(isNextPageOfSite: boolean): boolean
  /** Leaves these entries to whoever the plan says. */
  leave(entries: Iterable<Entry>): void
}

export function createPageExit(
  {
    outbox,
    sender,
    worker,
    time,
  }: { outbox: Outbox; sender: Sender; worker: ExitWorker | undefined; time: Time },
  atExit: 'resend' | 'trust',
  host: { isSendable(entry: Entry): boolean; deliver(entry: Entry): void },
): PageExit {
  let plan: ExitPlan = 'send'
  let hasHeir = false

  function send(entries: readonly Entry[]): void {
    if (!sender.isWorthExit()) return
    const isTrusted = atExit === 'trust' && sender.wasLastDelivered()
    const now = time.monotonic()
    for (const entry of entries) {
      if (!isSentAtExit(entry, now) || !host.isSendable(entry)) continue
      // The browser has no room for more requests that outlive the page.
      if (!sender.sendAtExit(entry)) return
      if (isTrusted) host.deliver(entry)
      else outbox.markExit(entry)
    }
  }

  return {
    begin(isNextPageOfSite) {
      plan = planExit({
        isNextPageOfSite,
        hasRunningPeer: outbox.hasRunningPeer(),
        // The page itself would not try again for minutes.
        hasWorker: (worker?.isReady() ?? false) && !sender.isMisconfigured(),
      })
      hasHeir = isNextPageOfSite || plan === 'hand over'
      return hasHeir
    },
    leave(given) {
      const entries = [...given]
      if (plan === 'hand over') {
        // Nobody reads the answer to a request that is in flight: the worker sends that message again, to keep the order. In a
        // page that comes back from the back/forward cache, the attempt would go on.
        for (const entry of entries) sender.cancel(entry)
        worker?.handOver(outbox.handOver(entries))
      } else if (plan === 'send') send(entries)
      else {
        // What no storage has is lost unless it goes now.
        send(entries.filter((entry) => !isPersisted(entry)))
        if (!hasHeir) outbox.leaveLate()
      }
    },
  }
}
