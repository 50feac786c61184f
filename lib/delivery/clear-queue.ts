import { queuePrefix } from './entry-key.ts'
import { createExitMarks } from './exit-marks.ts'
import type { DeviceStorage } from './ports.ts'

/** Deletes all that the device has of a queue. Never rejects. */
export async function clearQueue(
  { journal, database }: Pick<DeviceStorage, 'journal' | 'database'>,
  queue: string,
): Promise<void> {
  const isOfQueue = (key: string): boolean => key.startsWith(queuePrefix(queue))
  const marks = createExitMarks(journal)
  for (const key of journal.keys().filter(isOfQueue)) {
    marks.erase(key)
    journal.erase(key)
  }
  const keys = (await database.keys().catch((): string[] => [])).filter(isOfQueue)
  for (const key of keys) marks.erase(key)
  if (keys.length > 0) await database.write(new Map(), new Set(keys)).catch(() => {})
}
