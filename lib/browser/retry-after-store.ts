import type { RetryAfterStore } from '../delivery/ports.ts'
import { remainingMs } from '../delivery/retry-timing.ts'
import { localStorageOrNone } from './local-storage.ts'

/**
 * Until when the server asked to be left alone. All pages of the site remember it under `key` in `localStorage`; without
 * a `key`, only this page remembers it.
 */
export function createRetryAfterStore(key?: string): RetryAfterStore {
  const storage = key === undefined ? undefined : localStorageOrNone()
  let span = { from: 0, until: 0 }

  /** Runs what a full or forbidden storage may refuse. */
  const attempt = (work: (storage: Storage, key: string) => void): void => {
    try {
      if (storage && key !== undefined) work(storage, key)
    } catch {
      // This page still remembers it.
    }
  }

  return {
    remainingMs() {
      attempt((storage, key) => {
        const text = storage.getItem(key)
        if (text === null) return
        const [from, until] = JSON.parse(text) as unknown[]
        span = { from: Number(from), until: Number(until) }
        if (remainingMs(span, Date.now()) === 0) storage.removeItem(key)
      })
      return remainingMs(span, Date.now())
    },
    set(ms) {
      span = { from: Date.now(), until: Date.now() + ms }
      attempt((storage, key) => storage.setItem(key, JSON.stringify([span.from, span.until])))
    },
  }
}
