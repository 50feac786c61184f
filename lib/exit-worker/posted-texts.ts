import type { HandedOverText } from '../delivery/outbox-types.ts'
import type { Database, Journal } from '../delivery/ports.ts'

/**
 * The texts that pages post to the worker, as the worker's journal: in memory, because workers have no `localStorage`.
 *
 * The page that posted a text wrote it to `localStorage` as well, where the worker cannot erase it. So the worker puts an
 * empty text under the key into the database once the message is settled. The next page that finds it removes both.
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
  const posted = new Set<string>()
  const saved = new Set<string>()

  const marksOf = (keys: Iterable<string>): [string, string][] =>
    [...keys].filter((key) => posted.has(key)).map((key) => [key, ''])

  return {
    journal: {
      write(key, text) {
        texts.set(key, text)
        return true
      },
      read: (key) => texts.get(key),
      erase: (key) => void texts.delete(key),
      keys: () => [...texts.keys()],
      isOverfull: () => false,
      watch() {},
    },
    add(given) {
      for (const { key, text, isJournaled } of given) {
        texts.set(key, text)
        posted.add(key)
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
      write(puts, deletes) {
        const unmarked = new Set([...deletes].filter((key) => !posted.has(key)))
        return database.write(new Map([...puts, ...marksOf(deletes)]), unmarked)
      },
      // Only a page finds what nobody has handed over: the worker cannot see what `localStorage` has of it.
      keys: async () => [],
      read: database.read,
      async trim(prefix, max, isSpared) {
        const trimmed = await database.trim(prefix, max, isSpared)
        const marks = marksOf(trimmed.map(([key]) => key))
        if (marks.length > 0) await database.write(new Map(marks), new Set())
        return trimmed
      },
    }),
  }
}
