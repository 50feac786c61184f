import type { Delivery, DeliveryPorts, DeliverySettings } from './delivery-types.ts'
import type { DeliveryListener, Drop } from './drop.ts'
import { type Entry, isPersisted } from './entry.ts'
import { isExpired } from './expiry.ts'
import { createFlushTracker } from './flush-tracker.ts'
import { createIntake } from './intake.ts'
import { createLedger } from './ledger.ts'
import { createOutbox } from './outbox.ts'
import { createPageExit } from './page-exit.ts'
import { createSender } from './sender.ts'

/**
 * Decides what becomes of a message:
 *
 *     capture --> captured --discard--> forgotten
 *                   | enqueue, or the page ends
 *                   v
 *     enqueue -> waiting <--failed, wrong set-up-- sending <--> pausing
 *                   |  '---- its turn, page exit -----^ |
 *                   |                                   '--2xx, 400, ...--> settled: delivered, refused
 *                   '--too old, too many, blocked, cleared ---------------> settled: expired, overflow, consent, ...
 *
 * The sender decides when a message goes, the outbox where it is kept. A message leaves the outbox only when it is
 * settled.
 */
export function createDelivery(
  { storage, enrich, worker, ...ports }: DeliveryPorts,
  settings: DeliverySettings,
  listener: DeliveryListener,
): Delivery {
  const { time } = ports
  const { transform, blockedBy } = settings
  const flushes = createFlushTracker()
  const ledger = createLedger(listener)
  /** `ended` until a page that was left comes back. */
  let phase: 'new' | 'running' | 'ended' = 'new'

  const outbox = createOutbox(storage, time, settings, {
    onClaimed(entries) {
      listener.onDebug(`${entries.length} messages of pages that have ended wait here now`)
      // Expired entries first: they must not push out valid ones.
      for (const entry of entries) dropIfUnsendable(entry)
      keepWithinBounds()
      sender.pump()
    },
    onEvicted(entries) {
      for (const entry of entries) if (entry.state !== 'settled') settleDropped(entry, { reason: 'overflow' })
    },
    onDroppedElsewhere(entry) {
      sender.cancel(entry)
      entry.state = 'settled'
      flushes.onSettled(entry)
    },
    onCleared: dropAll,
    onBegun() {},
    onDebug: listener.onDebug,
  })

  const sender = createSender(
    ports,
    settings.timeoutMs,
    {
      entries: outbox.entries,
      size: outbox.size,
      dropReasonOf,
      drop: settleDropped,
      deliver: settleDelivered,
      prepare(entry) {
        if (!transform) entry.message = enrich.withKnown(entry.message)
      },
      onFailure: outbox.onFailure,
      onStuck: flushes.end,
    },
    listener,
  )

  const intake = createIntake({ outbox, enrich, ledger }, settings, {
    hasEnded: () => phase === 'ended',
    onEnqueued,
    settle,
    settleDropped,
  })

  const pageExit = createPageExit({ outbox, sender, worker, time }, settings.atExit, {
    isSendable: (entry) => dropReasonOf(entry) === undefined,
    deliver: settleDelivered,
  })

  function begin(): void {
    phase = 'running'
    // What is stored was left with the session that ended: another page may have sent it meanwhile.
    for (const entry of outbox.entries()) if (isPersisted(entry)) sender.cancel(entry)
    const ready = Promise.all([outbox.begin(), enrich.whenReady()])
    void ready.then(() => phase === 'running' && sender.start()).catch(listener.onBug)
  }

  function dropReasonOf(entry: Entry): Drop | undefined {
    const reason = isExpired(entry, time) ? 'expired' : blockedBy(entry.message)
    return reason && { reason }
  }

  function dropIfUnsendable(entry: Entry): void {
    const drop = entry.state === 'waiting' ? dropReasonOf(entry) : undefined
    if (drop) settleDropped(entry, drop)
  }

  function settleDropped(entry: Entry, why: Drop): void {
    settle(entry)
    ledger.drop(entry.message, why)
  }

  function settleDelivered(entry: Entry): void {
    settle(entry)
    ledger.deliver(entry.message)
  }

  function settle(entry: Entry): void {
    intake.forget(entry)
    outbox.remove(entry)
    flushes.onSettled(entry)
  }

  function dropAll(): void {
    for (const entry of [...intake.captured(), ...outbox.entries()]) {
      sender.cancel(entry)
      settleDropped(entry, { reason: 'cleared' })
    }
  }

  function onEnqueued(entry: Entry): void {
    keepWithinBounds()
    if (phase === 'ended') pageExit.leave([entry])
    else {
      sender.pump()
      if (outbox.size() > 0) worker?.prepare()
    }
  }

  function keepWithinBounds(): void {
    while (outbox.size() - sender.inFlight() > settings.maxMessages) {
      const entry = outbox.expendable()
      if (!entry) return
      settleDropped(entry, { reason: 'overflow' })
    }
  }

  return {
    begin,
    capture: intake.capture,
    enqueue: intake.enqueue,
    discard: intake.discard,
    drop: ledger.drop,
    flush() {
      const settling = flushes.track([...intake.captured(), ...outbox.entries()])
      sender.tryNow()
      if (phase !== 'running') flushes.end()
      return settling
    },
    async clear() {
      dropAll()
      await outbox.clear()
    },
    onPageHide(isNextPageOfSite) {
      if (phase === 'ended') return
      phase = 'ended'
      for (const entry of intake.captured()) intake.moveToQueue(entry)
      sender.stop()
      pageExit.begin(isNextPageOfSite)
      pageExit.leave(outbox.entries())
      outbox.end()
      flushes.end()
    },
    onPageRestore: begin,
    stats: () => ({
      queued: outbox.size() - sender.inFlight() + intake.captured().length,
      inFlight: sender.inFlight(),
      retried: sender.retried(),
      ...ledger.counts(),
    }),
  }
}
