import { isIdentity } from '../../lib/delivery/entry.ts'
import type { Database, Hold, Journal } from '../../lib/delivery/ports.ts'

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

/** By what is stored: when the last request of all tabs is over. */
const turns = new WeakMap<Map<string, string>, Promise<void>>()

export interface FakeDatabase extends Database {
  /** By method. */
  trouble: Partial<Record<keyof Database, Trouble>>
  /** How often each method was asked to do something. */
  calls: Partial<Record<keyof Database, number>>
  /** For all methods at once. */
  all(trouble: Trouble): void
}

/** One tab's access to what all tabs have stored. As in IndexedDB, one request is over before the next begins. */
export function createDatabase(texts: Map<string, string>): FakeDatabase {
  const under = (prefix: string): [string, string][] =>
    [...texts].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
  const asked = async (method: keyof Database): Promise<void> => {
    database.calls[method] = (database.calls[method] ?? 0) + 1
    await database.trouble[method]?.()
    const turn = (turns.get(texts) ?? Promise.resolve()).then(() => new Promise<void>(setImmediate))
    turns.set(texts, turn)
    await turn
  }
  const database: FakeDatabase = {
    trouble: {},
    calls: {},
    all(trouble) {
      for (const method of ['put', 'delete', 'has', 'keys', 'read', 'trim'] as const) {
        database.trouble[method] = trouble
      }
    },
    async put(given) {
      if (given.size === 0) return
      await asked('put')
      for (const [key, text] of given) texts.set(key, text)
    },
    async delete(keys) {
      if (keys.size === 0) return
      await asked('delete')
      for (const key of keys) texts.delete(key)
    },
    async has(key) {
      await asked('has')
      return texts.has(key)
    },
    async keys() {
      await asked('keys')
      return under('userengage:1:').map(([key]) => key)
    },
    async read(prefix) {
      await asked('read')
      return under(prefix)
    },
    async trim(prefix, max, spare) {
      await asked('trim')
      const all = under(prefix)
      const trimmed = [false, true]
        .flatMap((turn) => all.filter(([key]) => isIdentity(key) === turn && !spare(key)))
        .slice(0, Math.max(all.length - max, 0))
      for (const [key] of trimmed) texts.delete(key)
      return trimmed
    },
  }
  return database
}

export interface FakeJournal extends Journal {
  isFull: boolean
  calls: number
}

type Watcher = (key: string) => void

/** One tab's access to what all tabs have written. */
export function createJournal(texts: Map<string, string>, watchers: Set<Watcher>): FakeJournal {
  const own = new Set<Watcher>()
  const counted = <T>(value: T): T => {
    journal.calls++
    return value
  }
  const journal: FakeJournal = {
    isFull: false,
    calls: 0,
    write(key, text) {
      counted(undefined)
      if (journal.isFull) return false
      texts.set(key, text)
      for (const tell of watchers) if (!own.has(tell)) queueMicrotask(() => tell(key))
      return true
    },
    read: (key) => counted(texts.get(key)),
    erase: (key) => void counted(texts.delete(key)),
    keys: () => counted([...texts.keys()].filter((key) => key.startsWith('userengage:1:'))),
    watch(signal, tell) {
      own.add(tell)
      watchers.add(tell)
      signal.addEventListener('abort', () => watchers.delete(tell))
    },
  }
  return journal
}

/** Locks of all tabs, granted in the order in which they were asked for, free when a life's signal aborts. */
export function createLocks(): (signal: AbortSignal) => Hold {
  const held = new Set<string>()
  const waiting: { name: string; signal: AbortSignal; grant(isHeld: boolean): void }[] = []

  const next = (): void => {
    for (const request of waiting.splice(0)) {
      if (request.signal.aborted) request.grant(false)
      else if (held.has(request.name)) waiting.push(request)
      else {
        held.add(request.name)
        request.signal.addEventListener('abort', () => {
          held.delete(request.name)
          queueMicrotask(next)
        })
        request.grant(true)
      }
    }
  }

  return (signal) => async (name, wait) => {
    if (!wait && held.has(name)) return false
    return new Promise((grant) => {
      waiting.push({ name, signal, grant })
      next()
    })
  }
}
