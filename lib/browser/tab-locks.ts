import type { Release, TabLocks } from '../delivery/ports.ts'
import { pause } from './pause.ts'

/**
 * How long a lock may be on its way, in milliseconds. A tab asks for it in the task that stores the first message, but another
 * tab may see that message before the browser has granted the lock.
 */
const onItsWayMs = 100

/**
 * Locks that all tabs of the site share, by Web Locks (https://w3c.github.io/web-locks/): the browser itself frees the
 * locks of a dead tab. `undefined` where a page has none, as on plain http.
 */
export function createWebLocks(): TabLocks | undefined {
  const { locks } = navigator
  if (!locks) return undefined

  const request = (name: string, options: LockOptions): Promise<Release | undefined> =>
    new Promise((resolve) => {
      const onGranted = (lock: Lock | null): Promise<void> | undefined => {
        if (lock) return new Promise((release) => resolve(() => release()))
        resolve(undefined)
        return undefined
      }
      locks.request(name, options, onGranted).catch(() => resolve(undefined))
    })

  const acquire = (name: string): Promise<Release | undefined> => request(name, { ifAvailable: true })
  return {
    acquireNew: acquire,
    acquire,
    whenGranted: () => pause(onItsWayMs),
    acquireWithin(name, timeoutMs) {
      const waiting = new AbortController()
      const timer = setTimeout(() => waiting.abort(), timeoutMs)
      return request(name, { signal: waiting.signal }).finally(() => clearTimeout(timer))
    },
  }
}
