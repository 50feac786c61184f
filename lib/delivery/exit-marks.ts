import { type Entry, isPersisted } from './entry.ts'
import type { Journal } from './ports.ts'

/** Remembers how many times pages sent an entry as they ended, without an answer: in the journal, within the task. */
export interface ExitMarks {
  read(key: string): number
  add(entry: Entry): void
  erase(key: string): void
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
  }
}

const markKey = (key: string): string => key.replace(/^userengage:/, 'userengage:exits:')
