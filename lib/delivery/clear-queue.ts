import { everyQueue, leaseOf, leaseStart, queuePrefix } from './entry-key.ts'
import type { ExitMarks } from './exit-marks.ts'
import type { DeviceStorage, Time } from './ports.ts'

/**
 * Deletes all that the device has of a queue. Calls that are made while it waits for the database stay. Never rejects.
 *
 * @param isOwnCall whether a call of this page waits under the key: only those made since still do
 */
export async function clearQueue(
  { journal, database, time }: Pick<DeviceStorage, 'journal' | 'database'> & { time: Time },
  marks: ExitMarks,
  queue: string,
  isOwnCall: (key: string) => boolean,
): Promise<void> {
  const begunAt = time.now()
  const begun = time.monotonic()
  const isOfQueue = (key: string): boolean => key.startsWith(queuePrefix(queue))
  const inJournal = journal.keys(everyQueue).filter(isOfQueue)
  // An empty line stays until the database has deleted its entry, or somebody would send again what is settled.
  const settled = new Set(inJournal.filter((key) => journal.read(key) === ''))
  for (const key of inJournal) {
    marks.erase(key)
    if (!settled.has(key)) journal.erase(key)
  }
  try {
    const keys = await database.keys()
    // By the clock of now, which the visitor may have set back while a frozen page waited for its database.
    const since = Math.min(begunAt, time.now() - (time.monotonic() - begun))
    /** Another page's lease that begins later than now is an old one: the visitor has set the clock back. */
    const isLater = (start: number): boolean => start > since && start <= time.now()
    const isMadeSince = (key: string): boolean => isOwnCall(key) || isLater(leaseStart(leaseOf(key)))
    const inDatabase = keys.filter((key) => isOfQueue(key) && !isMadeSince(key))
    for (const key of inDatabase) marks.erase(key)
    // To write would create a database that is not there.
    if (inDatabase.length > 0) await database.write(new Map(), new Set(inDatabase))
    for (const key of settled) journal.erase(key)
  } catch {
    // Whoever claims what the database still has finds the empty lines.
  }
}
