import type { Drop } from './drop.ts'
import type { Entry } from './entry.ts'
import type { FlushTracker } from './flush-tracker.ts'
import type { Ledger } from './ledger.ts'
import type { Outbox } from './outbox-types.ts'

/** The end of an entry: it leaves every storage, and whoever waits for it hears of it. */
export interface Settlement {
  /** Without counting it. */
  settle(entry: Entry): void
  settleDropped(entry: Entry, drop: Drop): void
  settleDelivered(entry: Entry): void
}

export function createSettlement(outbox: Outbox, flushes: FlushTracker, ledger: Ledger): Settlement {
  function settle(entry: Entry): void {
    outbox.remove(entry)
    flushes.onSettled(entry)
  }
  return {
    settle,
    settleDropped(entry, drop) {
      settle(entry)
      ledger.drop(entry.message, drop)
    },
    settleDelivered(entry) {
      settle(entry)
      ledger.deliver(entry.message)
    },
  }
}
