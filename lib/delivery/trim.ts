import { createEntry, type Entry, isInFlight, readStored } from './entry.ts'
import { queuePrefix } from './entry-key.ts'
import type { Database, Journal } from './ports.ts'
import type { Queue } from './queue.ts'

/** What was deleted because too many messages waited, over all tabs of the site. */
export interface Trimmed {
  entries: Entry[]
  /** The keys of those that other tabs may have in memory. */
  foreignKeys: string[]
}

/**
 * Deletes from the database what is more than `maxMessages`, the oldest first and identity last. What this tab has in
 * flight neither counts nor goes.
 */
async function trim(
  database: Database,
  { queue, maxMessages }: { queue: string; maxMessages: number },
  entries: ReadonlyMap<string, Entry>,
  inFlight: number,
  isRemoved: (key: string) => boolean,
): Promise<Trimmed> {
  const isSpared = (key: string): boolean => {
    const entry = entries.get(key)
    return entry !== undefined && isInFlight(entry)
  }
  const rows = await database.trim(queuePrefix(queue), maxMessages + inFlight, isSpared)
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

/** Keeps the database within `maxMessages`: whenever it has new entries, and when what was in flight then has failed. */
export function createTrimmer(
  storage: { database: Database; journal: Journal } | undefined,
  limits: { queue: string; maxMessages: number },
  waiting: Queue,
  host: { inFlight(): number; isRemoved(key: string): boolean; onTrimmed(trimmed: Trimmed): void },
): { trim(): Promise<void>; onFailure(): void } {
  /** Whether the last trim left room for what was in flight. */
  let isDue = false

  async function trimAll(): Promise<void> {
    // A tab with one message leaves this to those with more, because counting costs a transaction.
    if (!storage || waiting.size() < 2) return
    const inFlight = host.inFlight()
    isDue = inFlight > 0
    const trimmed = await trim(storage.database, limits, waiting.byKey(), inFlight, host.isRemoved)
    // What a worker settled has a line in the journal until a page removes both.
    for (const key of trimmed.foreignKeys) storage.journal.erase(key)
    host.onTrimmed(trimmed)
  }

  return {
    trim: trimAll,
    onFailure() {
      if (isDue) trimAll().catch(() => {})
    },
  }
}
