import type { Delivery } from './delivery-types.ts'
import { isPersisted } from './entry.ts'
import type { FlushTracker } from './flush-tracker.ts'
import type { Intake } from './intake.ts'
import { makeWay } from './make-way.ts'
import type { Outbox } from './outbox-types.ts'
import type { PageExit } from './page-exit.ts'
import type { Enrich, ExitWorker, Time } from './ports.ts'
import type { Sender } from './sender-types.ts'

/**
 * What the page, or the worker, goes through:
 *
 *     new --begins--> running --is left, or makes way--> ended
 *                        ^------------comes back-----------'
 */
export interface PagePhase
  extends Pick<Delivery, 'begin' | 'onNavigation' | 'onPageHide' | 'onPageRestore' | 'makeWay'> {
  isRunning(): boolean
  hasEnded(): boolean
}

interface Parts {
  outbox: Outbox
  sender: Sender
  intake: Intake
  pageExit: PageExit
  flushes: FlushTracker
  enrich: Enrich
  worker: ExitWorker | undefined
  time: Time
}

export function createPagePhase(
  { outbox, sender, intake, pageExit, flushes, enrich, worker, time }: Parts,
  onBug: (error: unknown) => void,
): PagePhase {
  let phase: 'new' | 'running' | 'ended' = 'new'

  function begin(): void {
    if (phase === 'running') return
    phase = 'running'
    sender.hold(false)
    // What is stored was left with the session that ended: another page may have sent it meanwhile.
    for (const entry of outbox.entries()) if (isPersisted(entry)) sender.cancel(entry)
    const ready = Promise.all([outbox.begin(), enrich.whenReady()])
    void ready.then(() => phase === 'running' && sender.start()).catch(onBug)
  }

  return {
    isRunning: () => phase === 'running',
    hasEnded: () => phase === 'ended',
    begin,
    // Towards another site, only a worker would be there to read the answer.
    onNavigation: (target) =>
      sender.hold(target === 'site' || (target === 'elsewhere' && (worker?.isReady() ?? false))),
    onPageHide(isNextPageOfSite) {
      if (phase === 'ended') return
      phase = 'ended'
      for (const entry of [...outbox.captured()]) intake.moveToQueue(entry)
      sender.stop()
      const hasSuccessor = pageExit.begin(isNextPageOfSite)
      pageExit.leave(outbox.entries())
      outbox.end(hasSuccessor)
      flushes.end()
    },
    onPageRestore: begin,
    async makeWay() {
      if (phase !== 'running') return
      phase = 'ended'
      await makeWay({ outbox, sender }, time)
    },
  }
}
