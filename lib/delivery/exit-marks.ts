import { type Entry, isPersisted } from './entry.ts'
import { everyQueue } from './entry-key.ts'
import type { Journal } from './ports.ts'

/** Remembers how many times pages sent an entry as they ended, without an answer: in the journal, within the task. */
export interface ExitMarks {
  read(key: string): number
  add(entry: Entry): void
  erase(key: string): void
  /** Erases those whose entries another tab has dropped as their page ended: no storage has these. */
  sweep(stored: readonly string[]): void
}

export function createExitMarks(journal: Journal | undefined): ExitMarks {
  return {
    read: (key) => Number(journal?.read(markKey(key))) || 0,
    add(entry) {
      if (!isPersisted(entry)) return
      entry.exits++
      journal?.write(markKey(entry.key), String(entry.exits))
    },
    erase: (key) => journal?.erase(markKey(key)),
    sweep(stored) {
      const known = new Set(stored.map(markKey))
      for (const key of journal?.keys(markKey(everyQueue)) ?? []) if (!known.has(key)) journal?.erase(key)
    },
  }
}

const markKey = (key: string): string => key.replace(/^userengage:/, 'userengage:exits:')
