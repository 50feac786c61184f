import { everyQueue, queuePrefix } from './entry-key.ts'
import type { ExitMarks } from './exit-marks.ts'
import type { DeviceStorage } from './ports.ts'

/** Deletes all that the device has of a queue. Never rejects. */
export async function clearQueue(
  { journal, database }: Pick<DeviceStorage, 'journal' | 'database'>,
  marks: ExitMarks,
  queue: string,
): Promise<void> {
  const isOfQueue = (key: string): boolean => key.startsWith(queuePrefix(queue))
  const inJournal = journal.keys(everyQueue).filter(isOfQueue)
  for (const key of inJournal) {
    journal.erase(key)
    marks.erase(key)
  }
  const keys = await database.keys().catch((): string[] => [])
  const inDatabase = keys.filter(isOfQueue)
  for (const key of inDatabase) marks.erase(key)
  // To write would create a database that is not there.
  if (inDatabase.length > 0) await database.write(new Map(), new Set(inDatabase)).catch(() => {})
}
