import { createEntry, type Entry, readStored } from './entry.ts'
import { queuePrefix } from './entry-key.ts'
import type { Database } from './ports.ts'

/** What was deleted because too many messages waited, over all tabs of the site. */
export interface Trimmed {
  entries: Entry[]
  /** The keys of those that other tabs may have in memory. */
  foreignKeys: string[]
}

export const isInFlight = ({ state }: Entry): boolean => state === 'sending' || state === 'pausing'

/**
 * Deletes from the database what is more than `maxMessages`, the oldest first and identity last. What this tab has in
 * flight neither counts nor goes.
 */
export async function trim(
  database: Database,
  { queue, maxMessages }: { queue: string; maxMessages: number },
  entries: ReadonlyMap<string, Entry>,
  isRemoved: (key: string) => boolean,
): Promise<Trimmed> {
  const sending = [...entries.values()].filter(({ state }) => state === 'sending').length
  const isSpared = (key: string): boolean => {
    const entry = entries.get(key)
    return entry !== undefined && isInFlight(entry)
  }
  const rows = await database.trim(queuePrefix(queue), maxMessages + sending, isSpared)
  return {
    entries: rows.flatMap(([key, text]) => {
      const entry = entries.get(key)
      // It may have been settled while the database was busy.
      if (entry || isRemoved(key)) return entry ?? []
      const message = readStored(key, text)
      return message ? createEntry(key, message, { expiresAt: 0, isClaimed: true }) : []
    }),
    foreignKeys: rows.map(([key]) => key).filter((key) => !entries.has(key)),
  }
}
