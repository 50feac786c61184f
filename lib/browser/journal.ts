import { everyQueue } from '../delivery/entry.ts'
import { noJournal } from '../delivery/no-storage.ts'
import type { Journal } from '../delivery/ports.ts'
import { localStorageOrNone } from './local-storage.ts'

/**
 * The most that the journals of all tabs may take, in UTF-16 code units of keys and values: 200 KB. A full
 * `localStorage` makes Analytics.js itself fail to load, so a backlog must not live there.
 */
const room = 100_000

/** Keys of the format that this version writes. */
const isOurs = (key: string): boolean => key.startsWith(everyQueue)

/** What all journals in a storage take, as far as this page knows. */
const tallies = new WeakMap<Storage, { used: number }>()

/**
 * A journal in `localStorage`: what is written is safe when the call returns, even if the page ends in the same task.
 * The browser itself writes it to disk some seconds later.
 */
export function createJournal(): Journal {
  const storage = localStorageOrNone()
  if (!storage) return noJournal
  const tally = tallies.get(storage) ?? startTally(storage)
  const read = (key: string): string | undefined => storage.getItem(key) ?? undefined

  return {
    write: (key, text) =>
      attempted(() => {
        const more = sizeOf(key, text) - sizeOf(key, read(key))
        // Before it is refused, looked at closely: the site may have cleared its storage.
        if (tally.used + more > room) tally.used = measured(storage)
        if (tally.used + more > room) return false
        storage.setItem(key, text)
        tally.used += more
        return true
      }) ?? false,
    read: (key) => attempted(() => read(key)),
    erase: (key) =>
      attempted(() => {
        const size = sizeOf(key, read(key))
        // A look is cheaper than to remove what is not there.
        if (size > 0) storage.removeItem(key)
        tally.used -= size
      }),
    keys: () => attempted(() => keysOf(storage)) ?? [],
    watch(signal, tell) {
      addEventListener(
        'storage',
        ({ key, newValue }) => key && isOurs(key) && newValue !== null && tell(key),
        { signal },
      )
    },
  }
}

/** A storage has no room at times, and a visitor may forbid it while the page lives. */
function attempted<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

const keysOf = (storage: Storage): string[] => Object.keys(storage).filter(isOurs)

const sizeOf = (key: string, text: string | null | undefined): number =>
  typeof text === 'string' ? key.length + text.length : 0

const measured = (storage: Storage): number =>
  keysOf(storage).reduce((sum, key) => sum + sizeOf(key, storage.getItem(key)), 0)

/** Counts what is there, and keeps count of what other tabs write and erase. */
function startTally(storage: Storage): { used: number } {
  const tally = { used: measured(storage) }
  tallies.set(storage, tally)
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    if (key && isOurs(key)) tally.used += sizeOf(key, newValue) - sizeOf(key, oldValue)
  })
  return tally
}
