import { everyQueue } from '../../lib/delivery/entry-key.ts'
import type { Database, Journal } from '../../lib/delivery/ports.ts'
import { surplus } from '../../lib/delivery/surplus.ts'
import { turn } from './clock.ts'

/** What a method of a database meets before it does its work. */
export type Trouble = () => Promise<void>
export const failing: Trouble = () => Promise.reject(new Error('no room on the disk'))
export const silent: Trouble = () => new Promise(() => {})
/** Lets `trouble` happen once. */
export const once = (trouble: Trouble): Trouble => {
  let isOver = false
  return () => {
    if (isOver) return Promise.resolve()
    isOver = true
    return trouble()
  }
}
/** Trouble that lasts until the test ends it. */
export function waiting(): { trouble: Trouble; end(): void } {
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { trouble: () => ended, end: () => end() }
}

export type Troubles = Partial<Record<keyof Database, Trouble>>

/** The same trouble for every method. */
export const all = (trouble: Trouble): Troubles => ({
  write: trouble,
  keys: trouble,
  read: trouble,
  trim: trouble,
})

/** By what is stored: when the last request of all tabs is over. */
const lastRequests = new WeakMap<Map<string, string>, Promise<void>>()

export interface FakeDatabase extends Database {
  trouble: Troubles
  /** How often each method was called. */
  calls: Partial<Record<keyof Database, number>>
}

/** One tab's access to what all tabs have stored. As in IndexedDB, one request is over before the next begins. */
export function createDatabase(texts: Map<string, string>, trouble: Troubles = {}): FakeDatabase {
  const keysUnder = (prefix: string): string[] =>
    [...texts.keys()].filter((key) => key.startsWith(prefix)).sort()
  const withText = (key: string): [string, string] => [key, texts.get(key) ?? '']

  const request = async (method: keyof Database, onBegin?: () => void): Promise<void> => {
    database.calls[method] = (database.calls[method] ?? 0) + 1
    await database.trouble[method]?.()
    onBegin?.()
    const own = (lastRequests.get(texts) ?? Promise.resolve()).then(turn)
    lastRequests.set(texts, own)
    await own
  }

  const database: FakeDatabase = {
    trouble,
    calls: {},
    async write(puts, deletes) {
      let given: [string, string][] = []
      await request('write', () => {
        given = [...puts]
      })
      for (const key of deletes) texts.delete(key)
      for (const [key, text] of given) texts.set(key, text)
    },
    async keys() {
      await request('keys')
      return keysUnder(everyQueue)
    },
    async read(prefix, after, limit) {
      await request('read')
      return keysUnder(prefix)
        .filter((key) => key > after)
        .slice(0, limit)
        .map(withText)
    },
    async trim(prefix, max, isSpared) {
      await request('trim')
      const trimmed = await surplus(keysUnder(prefix), max, isSpared, async (key) => texts.get(key) ?? '')
      for (const [key] of trimmed) texts.delete(key)
      return trimmed
    },
  }
  return database
}

export interface FakeJournal extends Journal {
  isFull: boolean
  /** What it may take at rest, in UTF-16 code units. */
  roomAtRest: number
  calls: number
}

type Watcher = (key: string) => void

/** One tab's access to what all tabs have written. */
export function createJournal(texts: Map<string, string>, watchers: Set<Watcher>): FakeJournal {
  const own = new Set<Watcher>()
  const journal: FakeJournal = {
    isFull: false,
    roomAtRest: Number.POSITIVE_INFINITY,
    calls: 0,
    write(key, text) {
      journal.calls++
      if (journal.isFull) return false
      texts.set(key, text)
      for (const watcher of watchers) if (!own.has(watcher)) void turn().then(() => watcher(key))
      return true
    },
    read(key) {
      journal.calls++
      return texts.get(key)
    },
    erase(key) {
      journal.calls++
      texts.delete(key)
    },
    keys(prefix) {
      journal.calls++
      return [...texts.keys()].filter((key) => key.startsWith(prefix))
    },
    isOverfull: () => journal.roomAtRest < Number.POSITIVE_INFINITY && sizeOf(texts) > journal.roomAtRest,
    watch(signal, onWrite) {
      const watcher: Watcher = (key) => {
        if (!signal.aborted) onWrite(key)
      }
      own.add(watcher)
      watchers.add(watcher)
      signal.addEventListener('abort', () => watchers.delete(watcher))
    },
  }
  return journal
}

/** In UTF-16 code units of keys and values. */
export const sizeOf = (texts: ReadonlyMap<string, string>): number =>
  [...texts].reduce((sum, [key, text]) => sum + key.length + text.length, 0)
