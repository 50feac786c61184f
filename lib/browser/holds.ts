import type { Hold, Holds } from '../delivery/ports.ts'
import { aborted, pause } from './pause.ts'

/**
 * Holds of one life on names that all tabs of the site share. When `signal` aborts, or the tab dies, they are free.
 * By Web Locks; where a page has none, as on plain http, by asking the other tabs.
 */
export const createHolds: Holds = (own, signal) => {
  try {
    return navigator.locks ? byLocks(navigator.locks, signal) : byRollCall(own, signal)
  } catch {
    // Where storage is forbidden, Firefox forbids the channel as well: there is nothing to share.
    return async () => false
  }
}

/** https://w3c.github.io/web-locks/: the browser itself frees what a dead tab held. */
const byLocks =
  (locks: LockManager, signal: AbortSignal): Hold =>
  (name, wait) =>
    new Promise((resolve) => {
      const held = (lock: Lock | null): Promise<unknown> | undefined => {
        resolve(lock !== null)
        return lock ? aborted(signal) : undefined
      }
      locks.request(name, wait ? { signal } : { ifAvailable: true }, held).catch(() => resolve(false))
    })

/**
 * The fallback on plain http lies in the parser's chunk, as such a page has no Client Hints either. What other tabs ask
 * meanwhile is answered when it is there. Where it cannot be loaded, nothing is taken over from other tabs.
 */
function byRollCall(own: string, signal: AbortSignal): Hold {
  const channel = new BroadcastChannel('userengage')
  const heard: MessageEvent[] = []
  channel.onmessage = (message) => heard.push(message)
  const loading = import('./user-agent-parser.ts').then(({ createRollCall }) =>
    createRollCall({ channel, heard, own, signal, pause, aborted }),
  )
  return (name, wait) =>
    loading.then(
      (hold) => hold(name, wait),
      () => false,
    )
}
