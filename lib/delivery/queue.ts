import { type Entry, isInFlight, isPersisted } from './entry.ts'
import { byKey, isIdentity } from './entry-key.ts'

/** The entries of this page in memory, in the order of their calls. */
export interface Queue {
  /** Puts an entry at the end. */
  add(entry: Entry): void
  /** Puts claimed entries where they belong: before what was called later. */
  insert(entries: readonly Entry[]): void
  get(key: string): Entry | undefined
  delete(key: string): void
  values(): Iterable<Entry>
  size(): number
  /** The one to drop when too many wait: the oldest, and identity last. */
  expendable(): Entry | undefined
  /** Removes what a storage has, and returns it. */
  removePersisted(): Entry[]
}

export function createQueue(): Queue {
  let entries = new Map<string, Entry>()
  return {
    add: (entry) => void entries.set(entry.key, entry),
    insert(claimed) {
      const pairs = claimed.map((entry): [string, Entry] => [entry.key, entry])
      entries = new Map([...entries, ...pairs].sort(byKey))
    },
    get: (key) => entries.get(key),
    delete: (key) => void entries.delete(key),
    values: () => entries.values(),
    size: () => entries.size,
    expendable() {
      let identity: Entry | undefined
      for (const entry of entries.values()) {
        if (isInFlight(entry)) continue
        if (!isIdentity(entry.key)) return entry
        identity ??= entry
      }
      return identity
    },
    removePersisted() {
      const persisted = [...entries.values()].filter(isPersisted)
      for (const { key } of persisted) entries.delete(key)
      return persisted
    },
  }
}
