import type { Journal } from '../delivery/ports.ts'
import { localStorageOrNone } from './local-storage.ts'

/**
 * The most that the journals of all tabs may take, in UTF-16 code units of keys and values: 200 KB. A full
 * `localStorage` makes Analytics.js itself fail to load, so a backlog must not live there.
 */
const room = 100_000

/** Keys of the format that this version writes. */
const ours = /^userengage:1:/

/**
 * A journal in `localStorage`: what is written is safe when the call returns, even if the page ends in the same task.
 * The browser itself writes it to disk some seconds later.
 */
export function createJournal(): Journal {
  const storage = localStorageOrNone()
  const keys = (): string[] => (storage ? Object.keys(storage).filter((key) => ours.test(key)) : [])
  const read = (key: string): string | undefined => storage?.getItem(key) ?? undefined
  const sizeOf = (key: string, text: string | null | undefined): number =>
    typeof text === 'string' ? key.length + text.length : 0
  const measured = (): number => keys().reduce((sum, key) => sum + sizeOf(key, read(key)), 0)
  let used = measured()

  const erase = (key: string): void => {
    used -= sizeOf(key, read(key))
    storage?.removeItem(key)
  }

  return {
    write(key, text) {
      const more = sizeOf(key, text) - sizeOf(key, read(key))
      // Before it is refused, looked at closely: the site may have cleared its storage.
      if (used + more > room) used = measured()
      if (!storage || used + more > room) return false
      try {
        storage.setItem(key, text)
        used += more
        return true
      } catch {
        // No room in the site's own share.
        return false
      }
    },
    read,
    erase,
    keys,
    watch(signal, tell) {
      addEventListener(
        'storage',
        ({ key, oldValue, newValue }) => {
          if (!key || !ours.test(key)) return
          used += sizeOf(key, newValue) - sizeOf(key, oldValue)
          if (newValue !== null) tell(key)
        },
        { signal },
      )
    },
  }
}
