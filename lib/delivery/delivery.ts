import type { Delivery, DeliveryPorts, DeliverySettings } from './delivery-types.ts'
import type { DeliveryListener, Drop } from './drop.ts'
import type { Entry } from './entry.ts'
import { isExpired } from './expiry.ts'
import { createFlushTracker } from './flush-tracker.ts'
import { createIntake } from './intake.ts'
import { createLedger } from './ledger.ts'
import { createOutbox } from './outbox.ts'
import { overflowDropper } from './overflow.ts'
import { createPageExit } from './page-exit.ts'
import { createPagePhase } from './page-phase.ts'
import { createSender } from './sender.ts'
import { createSettlement } from './settlement.ts'

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

  const outbox = createOutbox(storage, time, settings, {
    inFlight: () => sender.inFlight(),
    onClaimed(entries) {
      listener.log?.onClaimed(entries.map(({ message }) => message))
      // Expired entries first: they must not push out valid ones.
      for (const entry of entries) {
        const drop = dropReasonOf(entry)
        if (drop) settleDropped(entry, drop)
      }
      dropOverflow()
      sender.pump()
    },
    onEvicted(entries) {
      for (const entry of entries) if (entry.state !== 'settled') settleDropped(entry, { reason: 'overflow' })
    },
    onDroppedElsewhere(entries) {
      for (const entry of entries) {
        sender.cancel(entry)
        entry.state = 'settled'
        flushes.onSettled(entry)
      }
      // What is cancelled has no outcome that would let the next one go.
      sender.pump()
    },
    onCleared: dropAll,
    onRetryAfter: ports.retryAfter.set,
    log: listener.log,
  })

  const { settle, settleDropped, settleDelivered } = createSettlement(outbox, flushes, ledger)

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
      onTrouble: outbox.onTrouble,
      onFailure() {
        outbox.onTrouble()
        outbox.onFailure()
      },
      onStuck: flushes.end,
    },
    listener,
  )

  const dropOverflow = overflowDropper(outbox, sender, settings.maxMessages, settleDropped)

  const intake = createIntake({ outbox, enrich, ledger }, settings, {
    hasEnded: () => phase.hasEnded(),
    onEnqueued,
    settle,
    settleDropped,
  })

  const pageExit = createPageExit({ outbox, sender, worker, time }, settings.atExit, {
    isSendable: (entry) => dropReasonOf(entry) === undefined,
    deliver: settleDelivered,
    log: listener.log,
  })

  const phase = createPagePhase(
    { outbox, sender, intake, pageExit, flushes, enrich, worker, time },
    listener.onBug,
  )

  function dropReasonOf(entry: Entry): Drop | undefined {
    const reason = isExpired(entry, time) ? 'expired' : blockedBy(entry.message)
    return reason && { reason }
  }

  function dropAll(): void {
    for (const entry of [...outbox.captured(), ...outbox.entries()]) {
      sender.cancel(entry)
      settleDropped(entry, { reason: 'cleared' })
    }
  }

  function onEnqueued(entry: Entry): void {
    listener.log?.onQueued(entry.message)
    dropOverflow()
    if (phase.hasEnded()) pageExit.leave([entry])
    else {
      sender.pump()
      if (outbox.size() > 0) worker?.prepare()
    }
  }

  return {
    ...phase,
    capture: intake.capture,
    enqueue: intake.enqueue,
    discard: intake.discard,
    drop: ledger.drop,
    flush() {
      const settling = flushes.track([...outbox.captured(), ...outbox.entries()])
      sender.tryNow()
      if (!phase.isRunning()) flushes.end()
      return settling
    },
    async clear() {
      dropAll()
      await outbox.clear()
    },
    stats: () => ({
      queued: outbox.size() - sender.inFlight() + [...outbox.captured()].length,
      inFlight: sender.inFlight(),
      retried: sender.retried(),
      ...ledger.counts(),
    }),
  }
}
