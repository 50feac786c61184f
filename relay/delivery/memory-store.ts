import { createRecent } from '../recent.ts'
import type { Store } from './ports.ts'

const ids = 10_000

/** The store of one process. */
export function memoryStore(now: () => number = Date.now): Store {
  const entries = createRecent<{ text: string; until: number }>(ids)
  const claims = new Map<string, number>()
  const isHeld = (key: string): boolean => (claims.get(key) ?? 0) > now()
  return {
    async get(key) {
      const entry = entries.get(key)
      return entry && entry.until > now() ? entry.text : undefined
    },
    async set(key, text, ttlSeconds) {
      entries.set(key, { text, until: now() + ttlSeconds * 1000 })
    },
    async claim(key, ttlSeconds) {
      if (isHeld(key)) return false
      claims.set(key, now() + ttlSeconds * 1000)
      return true
    },
    async release(key) {
      claims.delete(key)
    },
  }
}
