import { everyQueue } from '../delivery/entry-key.ts'
import type { Journal } from '../delivery/ports.ts'
import { localStorageOrNone } from './local-storage.ts'

/**
 * What the journals of all tabs may take, in UTF-16 code units of keys and values. A full `localStorage` (some five
 * million) makes Analytics.js itself fail to load, so a backlog must not live there. A burst of calls within one task may
 * take more until the database has it.
 */
const roomAtRest = 100_000
const roomForBurst = 1_000_000

/** Keys of the format that this version writes. */
const isEntry = (key: string): boolean => key.startsWith(everyQueue)

/**
 * What is there is measured again after this time, in milliseconds, because other tabs write and erase, too. A `storage`
 * listener would hear of it sooner, but would cost each start 0.3 to 0.5 ms: the browser loads sessionStorage for it.
 */
const measureAgainMs = 1000

interface Tally {
  used: number
  measuredAt: number
}

/** What all journals in a storage take, as far as this page knows. */
const tallies = new WeakMap<Storage, Tally>()

/**
 * A journal in `localStorage`: what is written is safe when the call returns, even if the page ends in the same task.
 * The browser itself writes it to disk some seconds later. Where storage is forbidden, the journal takes nothing.
 */
export function createJournal(): Journal {
  const storage = localStorageOrNone()
  if (!storage) return noJournal
  const read = (key: string): string | undefined => storage.getItem(key) ?? undefined

  return {
    write: (key, text) =>
      attempt(() => {
        const more = sizeOf(key, text) - sizeOf(key, read(key))
        // The site may have cleared its storage: measure before refusing.
        const known = tallyOf(storage)
        const tally = known.used + more > roomForBurst ? measure(storage) : known
        if (tally.used + more > roomForBurst) return false
        storage.setItem(key, text)
        tally.used += more
        return true
      }) ?? false,
    read: (key) => attempt(() => read(key)),
    erase: (key) =>
      attempt(() => {
        const size = sizeOf(key, read(key))
        // A look is cheaper than to remove what is absent.
        if (size > 0) storage.removeItem(key)
        const tally = tallies.get(storage)
        if (tally) tally.used -= size
      }),
    keys: (prefix) => attempt(() => keysUnder(prefix, storage)) ?? [],
    isOverfull: () => (attempt(() => tallyOf(storage).used) ?? 0) > roomAtRest,
    watch(signal, onWrite) {
      addEventListener(
        'storage',
        ({ key, newValue }) => {
          if (key && isEntry(key) && newValue !== null) onWrite(key)
        },
        { signal },
      )
    },
  }
}

const noJournal: Journal = {
  write: () => false,
  read: () => undefined,
  erase() {},
  keys: () => [],
  isOverfull: () => false,
  watch() {},
}

/** A storage may be full, and a visitor may forbid it while the page is open. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

const keysUnder = (prefix: string, storage: Storage): string[] =>
  Object.keys(storage).filter((key) => key.startsWith(prefix))

const sizeOf = (key: string, text: string | null | undefined): number =>
  typeof text === 'string' ? key.length + text.length : 0

function tallyOf(storage: Storage): Tally {
  const known = tallies.get(storage)
  return known && performance.now() < known.measuredAt + measureAgainMs ? known : measure(storage)
}

function measure(storage: Storage): Tally {
  const used = keysUnder(everyQueue, storage).reduce((sum, key) => sum + sizeOf(key, storage.getItem(key)), 0)
  const tally = { used, measuredAt: performance.now() }
  tallies.set(storage, tally)
  return tally
}
