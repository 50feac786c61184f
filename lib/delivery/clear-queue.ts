import type { Entry } from './entry.ts'
import { leaseOf, leaseStart, queuePrefix } from './entry-key.ts'
import type { ExitMarks } from './exit-marks.ts'
import type { DeviceStorage, Time } from './ports.ts'

/**
 * Deletes all that the device has of a queue. Calls that are made while it waits for the database stay. Never rejects.
 *
 * @param waitingHere the entry that waits in this page: of its own calls, only those made since still do
 */
export async function clearQueue(
  { journal, database, time }: Pick<DeviceStorage, 'journal' | 'database'> & { time: Time },
  marks: ExitMarks,
  queue: string,
  waitingHere: (key: string) => Entry | undefined,
): Promise<void> {
  const begunAt = time.now()
  const isOfQueue = (key: string): boolean => key.startsWith(queuePrefix(queue))
  const inJournal = journal.keys().filter(isOfQueue)
  for (const key of inJournal) journal.erase(key)
  const keys = await database.keys().catch((): string[] => [])
  /** Another page's lease that begins later than now is an old one: the visitor has set the clock back. */
  const isLater = (start: number): boolean => start > begunAt && start <= time.now()
  const isMadeSince = (key: string): boolean =>
    waitingHere(key)?.isClaimed === false || isLater(leaseStart(leaseOf(key)))
  const inDatabase = keys.filter((key) => isOfQueue(key) && !isMadeSince(key))
  for (const key of [...inJournal, ...inDatabase]) marks.erase(key)
  // To write would create a database that is not there.
  if (inDatabase.length > 0) await database.write(new Map(), new Set(inDatabase)).catch(() => {})
}
