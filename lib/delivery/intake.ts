import type { Message } from '../../protocol/message.ts'
import type { Delivery, DeliverySettings } from './delivery-types.ts'
import type { Drop } from './drop.ts'
import type { Entry } from './entry.ts'
import type { Ledger } from './ledger.ts'
import type { Outbox } from './outbox-types.ts'
import type { Enrich } from './ports.ts'

/** How messages come in: captured as their calls are made, enqueued when Analytics.js dispatches them. */
export interface Intake extends Pick<Delivery, 'capture' | 'enqueue' | 'discard'> {
  /** Moves a captured entry to those that wait, unless `beforeSend` drops it. */
  moveToQueue(entry: Entry): void
}

export interface IntakeHost {
  /** Whether the page has ended: then nothing comes any more for what is captured. */
  hasEnded(): boolean
  onEnqueued(entry: Entry): void
  settle(entry: Entry): void
  settleDropped(entry: Entry, drop: Drop): void
}

/**
 * A message is stored as it is captured. Where the site's `beforeSend` has to change it first, it stays in memory until
 * browser and device are known, so that `beforeSend` sees all that will be sent.
 */
export function createIntake(
  { outbox, enrich, ledger }: { outbox: Outbox; enrich: Enrich; ledger: Ledger },
  { blockedBy, transform }: Pick<DeliverySettings, 'blockedBy' | 'transform'>,
  host: IntakeHost,
): Intake {
  function capture(message: Message): Entry {
    const entry = outbox.capture(message)
    if (!transform) outbox.persist(entry)
    return entry
  }

  function moveToQueue(entry: Entry): void {
    if (transform) {
      const transformed = transform(enrich.withKnown(entry.message))
      if (!transformed) {
        host.settleDropped(entry, { reason: 'beforeSend' })
        return
      }
      entry.message = transformed
      outbox.persist(entry)
    }
    outbox.enqueue(entry)
  }

  function enqueue(entry: Entry): void {
    moveToQueue(entry)
    if (entry.state !== 'settled') host.onEnqueued(entry)
  }

  return {
    capture(message) {
      if (blockedBy(message)) return undefined
      const entry = capture(message)
      // After pagehide Analytics.js dispatches nothing, so nobody will enqueue it.
      if (host.hasEnded()) enqueue(entry)
      return entry
    },
    enqueue(message, early) {
      // The end of the page has moved it to the queue already.
      if (early && early.state !== 'captured') return
      const reason = blockedBy(message)
      if (reason) {
        if (early) host.settle(early)
        ledger.drop(message, { reason })
        return
      }
      const entry = early ?? capture(message)
      entry.message = message
      if (!transform || host.hasEnded()) enqueue(entry)
      else void enrich.whenReady().then(() => entry.state === 'captured' && enqueue(entry))
    },
    discard(entry) {
      if (entry.state === 'captured') host.settle(entry)
    },
    moveToQueue,
  }
}
