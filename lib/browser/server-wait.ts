import type { ServerWait } from '../delivery/ports.ts'
import { waitLeft } from '../delivery/retry-timing.ts'
import { localStorageOrNone } from './local-storage.ts'

/**
 * Until when the server asked to be left alone.
 *
 * @param key where all pages of the site remember it; without one, this page does alone
 */
export function createServerWait(key = ''): ServerWait {
  const storage = key === '' ? undefined : localStorageOrNone()
  let span = [0, 0]
  return {
    left() {
      try {
        const stored: unknown = JSON.parse(storage?.getItem(key) || 'null')
        if (Array.isArray(stored)) span = stored.map(Number)
      } catch {
        // Edited by hand: as good as none.
      }
      const [from = 0, until = 0] = span
      return waitLeft(from, until, Date.now())
    },
    set(ms) {
      span = [Date.now(), Date.now() + ms]
      try {
        storage?.setItem(key, JSON.stringify(span))
      } catch {
        // No room: this page remembers it.
      }
    },
  }
}
