import type { Outbox } from './outbox-types.ts'
import type { Sender } from './sender-types.ts'
import type { Settlement } from './settlement.ts'

/** Drops what is more than `maxMessages` in this page, apart from what is in flight. */
export const overflowDropper =
  (outbox: Outbox, sender: Sender, maxMessages: number, drop: Settlement['settleDropped']) => (): void => {
    while (outbox.size() - sender.inFlight() > maxMessages) {
      const entry = outbox.expendable()
      if (!entry) return
      drop(entry, { reason: 'overflow' })
    }
  }
