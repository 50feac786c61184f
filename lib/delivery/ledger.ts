import type { Message } from '../../protocol/message.ts'
import type { DeliveryListener, Drop, Stats } from './drop.ts'

/** Counts what becomes of messages, and reports it. */
export interface Ledger {
  deliver(message: Message): void
  drop(message: Message, drop: Drop): void
  counts(): Pick<Stats, 'delivered' | 'dropped'>
}

export function createLedger(listener: DeliveryListener): Ledger {
  const dropped: Stats['dropped'] = {}
  let delivered = 0
  return {
    deliver(message) {
      delivered++
      listener.onDelivered(message)
    },
    drop(message, drop) {
      dropped[drop.reason] = (dropped[drop.reason] ?? 0) + 1
      listener.onDropped(message, drop)
    },
    counts: () => ({ delivered, dropped: { ...dropped } }),
  }
}
