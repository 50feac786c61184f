import { browserTime } from './browser/browser-time.ts'
import { openDatabase } from './browser/indexed-db.ts'
import { createJournal } from './browser/journal.ts'
import { channelOpener } from './browser/tab-channel.ts'
import { clearQueue } from './delivery/clear-queue.ts'
import { createExitMarks } from './delivery/exit-marks.ts'
import { tellCleared } from './delivery/peers.ts'

/**
 * Drops what waits in a queue, on a page that has not loaded the plugin: its visitor has not agreed, or not any more. The
 * page tells the other tabs and the worker, and creates nothing on the device.
 */
export async function clearDevice(queue: string): Promise<void> {
  tellCleared(channelOpener(queue))
  const journal = createJournal()
  const device = { journal, database: openDatabase(), time: browserTime }
  await clearQueue(device, createExitMarks(journal), queue, () => false)
}
