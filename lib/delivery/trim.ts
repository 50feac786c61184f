import { createEntry, type Entry, isInFlight, readStored } from './entry.ts'
import { queuePrefix } from './entry-key.ts'
import type { Database } from './ports.ts'
import type { Queue } from './queue.ts'
import type { WriteBehind } from './write-behind-types.ts'

/** What was deleted because too many messages waited, over all tabs of the site. */
export interface Trimmed {
  entries: Entry[]
  /** The keys of those that other tabs may have in memory. */
  foreignKeys: string[]
}

/**
 * Deletes from the database what is more than `max`, the oldest first and identity last. What this tab has in flight does
 * not go.
 */
async function trim(
  database: Database,
  queue: string,
  max: number,
  waiting: Queue,
  isRemoved: (key: string) => boolean,
): Promise<Trimmed> {
  const isSpared = (key: string): boolean => {
    const entry = waiting.get(key)
    return entry !== undefined && isInFlight(entry)
  }
  const rows = await database.trim(queuePrefix(queue), max, isSpared)
  return {
    entries: rows.flatMap(([key, text]) => {
      const entry = waiting.get(key)
      // It may have been settled while the database was busy.
      if (entry || isRemoved(key)) return entry ?? []
      const message = readStored(key, text)
      return message ? createEntry(key, message, { expiresAt: 0, isClaimed: true }) : []
    }),
    foreignKeys: rows.map(([key]) => key).filter((key) => !waiting.get(key)),
  }
}

/** Keeps the database within `maxMessages`: whenever it has new entries, and when what was in flight then has failed. */
export function createTrimmer(
  database: Database | undefined,
  { queue, maxMessages }: { queue: string; maxMessages: number },
  waiting: Queue,
  { inFlight }: { inFlight(): number },
  onTrimmed: (trimmed: Trimmed) => void,
  writeBehind: () => WriteBehind,
): { trim(): Promise<void>; onFailure(): void } {
  /** Whether the last trim left room for what was in flight. */
  let isDue = false

  async function trimAll(): Promise<void> {
    // A tab with one message leaves this to those with more, because counting costs a transaction.
    if (!database || waiting.size() < 2) return
    const room = inFlight()
    isDue = room > 0
    const { isRemoved, removeForeign } = writeBehind()
    const trimmed = await trim(database, queue, maxMessages + room, waiting, isRemoved)
    // A claim may have read it just before.
    for (const key of trimmed.foreignKeys) removeForeign(key)
    onTrimmed(trimmed)
  }

  return {
    trim: trimAll,
    onFailure() {
      if (isDue) trimAll().catch(() => {})
    },
  }
}
