import type { HandedOverText } from '../delivery/outbox-types.ts'
import type { Database, Journal } from '../delivery/ports.ts'

/**
 * The texts that pages post to the worker, as the worker's journal: in memory, because workers have no `localStorage`.
 *
 * `localStorage` may have a message as well, where the worker neither sees nor erases it. So the worker puts an empty text
 * under the key into the database once the message is settled. The next page that finds it removes both.
 */
export interface PostedTexts {
  journal: Journal
  add(texts: readonly HandedOverText[]): void
  /** Puts what no other storage has into the database, where pages find it. Never rejects. */
  save(database: Database): Promise<void>
  /** Forgets what a page finds elsewhere: it may settle that, and the worker would not know. */
  forgetSaved(): void
  /** The site's database as the worker uses it. */
  marking(database: Database): Database
}

export function createPostedTexts(): PostedTexts {
  const texts = new Map<string, string>()
  const saved = new Set<string>()

  const withMarks = (keys: Iterable<string>): [string, string][] => [...keys].map((key) => [key, ''])

  return {
    journal: {
      write(key, text) {
        texts.set(key, text)
        return true
      },
      read: (key) => texts.get(key),
      erase: (key) => void texts.delete(key),
      keys: (prefix) => [...texts.keys()].filter((key) => key.startsWith(prefix)),
      isOverfull: () => false,
      watch() {},
    },
    add(given) {
      for (const { key, text, isJournaled } of given) {
        texts.set(key, text)
        if (isJournaled) saved.add(key)
      }
    },
    async save(database) {
      const unsaved = new Map([...texts].filter(([key, text]) => text !== '' && !saved.has(key)))
      if (unsaved.size === 0) return
      try {
        await database.write(unsaved, new Set())
        for (const key of unsaved.keys()) saved.add(key)
      } catch {
        // Until the worker ends, it still has them.
      }
    },
    forgetSaved() {
      for (const key of saved) texts.delete(key)
      saved.clear()
    },
    marking: (database) => ({
      write: (puts, deletes) => database.write(new Map([...puts, ...withMarks(deletes)]), new Set()),
      // Only a page finds what nobody has handed over: the worker cannot see what `localStorage` has of it.
      keys: async () => [],
      read: database.read,
      async trim(prefix, max, isSpared) {
        const trimmed = await database.trim(prefix, max, isSpared)
        const marks = new Map(withMarks(trimmed.map(([key]) => key)))
        if (marks.size > 0) await database.write(marks, new Set())
        return trimmed
      },
    }),
  }
}
