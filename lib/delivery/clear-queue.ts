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
  // An empty line stays until the database has deleted its entry, or somebody would send again what is settled.
  const settled = new Set(inJournal.filter((key) => journal.read(key) === ''))
  for (const key of inJournal) {
    marks.erase(key)
    if (!settled.has(key)) journal.erase(key)
  }
  try {
    const inDatabase = (await database.keys()).filter(isOfQueue)
    for (const key of inDatabase) marks.erase(key)
    // To write would create a database that is not there.
    if (inDatabase.length > 0) await database.write(new Map(), new Set(inDatabase))
    for (const key of settled) journal.erase(key)
  } catch {
    // Whoever claims what the database still has finds the empty lines.
  }
}
