import type { Entry } from './entry.ts'
import type { Journal } from './ports.ts'

/** The lines that the journal has of this page, in order. */
export interface JournalLines {
  write(entry: Entry): void
  erase(entry: Entry): void
  /** Leaves a line to whoever finds it. */
  forget(entry: Entry): void
  /** Erases the newest lines until the journal takes no more than it may at rest. Memory alone has those entries then. */
  shed(): void
}

export function createJournalLines(journal: Journal): JournalLines {
  const entries = new Set<Entry>()

  function erase(entry: Entry): void {
    entries.delete(entry)
    entry.isJournaled = false
    journal.erase(entry.key)
  }

  return {
    write(entry) {
      entry.isJournaled = journal.write(entry.key, JSON.stringify(entry.message))
      if (entry.isJournaled) entries.add(entry)
    },
    erase,
    forget: (entry) => void entries.delete(entry),
    shed() {
      for (const entry of [...entries].reverse()) {
        if (!journal.isOverfull()) return
        erase(entry)
      }
    },
  }
}
