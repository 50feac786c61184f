import type { DeviceStorage } from '../delivery/ports.ts'
import { openDatabase } from './indexed-db.ts'
import { createJournal } from './journal.ts'
import { channelOpener } from './tab-channel.ts'
import { createWebLocks } from './tab-locks.ts'
import { createBroadcastLocks } from './tab-locks-broadcast.ts'

/** What this page's browser offers to keep the messages of a queue, and to share them between tabs. */
export const openStorage = (queue: string): DeviceStorage => ({
  journal: createJournal(),
  database: openDatabase(),
  locks: createWebLocks() ?? createBroadcastLocks(),
  openChannel: channelOpener(queue),
  page: {
    document: performance.timeOrigin,
    isTopLevel: window.top === window,
  },
})
