import { queuePrefix } from './entry-key.ts'
import type { ExitMarks } from './exit-marks.ts'
import type { DeviceStorage } from './ports.ts'

/** Deletes all that the device has of a queue. Never rejects. */
export async function clearQueue(
  { journal, database }: DeviceStorage,
  marks: ExitMarks,
  queue: string,
): Promise<void> {
  const isOfQueue = (key: string): boolean => key.startsWith(queuePrefix(queue))
  const inJournal = journal.keys().filter(isOfQueue)
  for (const key of inJournal) journal.erase(key)
  const keys = await database.keys().catch((): string[] => [])
  const inDatabase = keys.filter(isOfQueue)
  for (const key of [...inJournal, ...inDatabase]) marks.erase(key)
  await database.write(new Map(), new Set(inDatabase)).catch(() => {})
}
