import type { DeliveryLog } from './delivery-log.ts'
import { type Entry, isPersisted } from './entry.ts'
import { type ExitPlan, planExit } from './exit-plan.ts'
import type { Outbox } from './outbox-types.ts'
import type { ExitWorker, Time } from './ports.ts'
import type { Sender } from './sender-types.ts'

/** A request that failed so shortly before the page ends was probably cancelled by the navigation. Milliseconds. */
const cancelledByExitMs = 500

/** A message that pages sent this often as they ended waits for a page that reads the answer. */
const mostExits = 3

/** Whether a page that ends sends this message. */
export const isSentAtExit = ({ state, failedAt, exits, setAside }: Entry, now: number): boolean =>
  state === 'waiting' && now - failedAt >= cancelledByExitMs && exits < mostExits && setAside === undefined

/** Leaves the messages of a page that ends. */
export interface PageExit {
  /** The page ends. Returns whether a successor is about to claim what it leaves. */
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
  host: {
    isSendable(entry: Entry): boolean
    deliver(entry: Entry): void
    log: DeliveryLog | undefined
  },
): PageExit {
  let plan: ExitPlan = 'send'
  let hasSuccessor = false

  function send(entries: readonly Entry[]): void {
    if (!sender.isWorthExit()) return
    const isTrusted = atExit === 'trust' && sender.wasLastDelivered()
    const now = time.monotonic()
    for (const entry of entries) {
      if (!isSentAtExit(entry, now) || !host.isSendable(entry)) continue
      // The browser has no room for more requests that outlive the page.
      if (!sender.sendAtExit(entry)) return
      if (isTrusted) {
        // A page that comes back does not wait for an answer that may never reach it.
        sender.letGo(entry)
        host.deliver(entry)
      } else outbox.markExit(entry)
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
      host.log?.onPageEnd(plan)
      hasSuccessor = isNextPageOfSite || plan === 'hand over'
      return hasSuccessor
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
        if (!hasSuccessor) outbox.leaveLate()
      }
    },
  }
}
