import type { Hold } from '../delivery/ports.ts'
import { pause } from './pause.ts'

/**
 * Holds of one life on names that all tabs of the site share. When `signal` aborts, or the tab dies, they are free.
 * By Web Locks; where a page has none, as on plain http, by asking the other tabs.
 */
export const createHolds = (signal: AbortSignal): Hold =>
  navigator.locks ? byLocks(navigator.locks, signal) : byRollCall(signal)

/** https://w3c.github.io/web-locks/: the browser itself frees what a dead tab held. */
const byLocks =
  (locks: LockManager, signal: AbortSignal): Hold =>
  (name, wait) =>
    new Promise((resolve) => {
      const held = (lock: Lock | null): Promise<void> | undefined => {
        resolve(lock !== null)
        return lock ? aborted(signal) : undefined
      }
      locks.request(name, wait ? { signal } : { ifAvailable: true }, held).catch(() => resolve(false))
    })

/** How long the other tabs have to say that they hold a name, in milliseconds. */
const patience = 300

interface Words {
  /** "Does anybody hold this?" */
  ask?: string
  /** "I do." */
  held?: string
  /** "I do no longer." */
  free?: string
  /** Who says it. */
  by: string
}

/**
 * The fallback on plain http. Whoever answers to a name holds it; of two who ask at once, one answers the other. A tab
 * that crashed does not answer, and its messages are taken over by the next page that is loaded. Nor does a tab that the
 * browser has frozen: that one may send a message that another tab has sent.
 */
function byRollCall(signal: AbortSignal): Hold {
  const channel = new BroadcastChannel('userengage')
  const me = Math.random().toString(36)
  const held = new Set<string>()
  const asking = new Map<string, () => void>()
  const waiting = new Map<string, () => void>()
  const say = (words: Omit<Words, 'by'>): void => channel.postMessage({ ...words, by: me })

  channel.onmessage = ({ data }: MessageEvent<Words>) => {
    const { ask = '', by } = data
    if (held.has(ask) || (asking.has(ask) && me < by)) say({ held: ask })
    asking.get(data.held ?? '')?.()
    waiting.get(data.free ?? '')?.()
  }
  void aborted(signal).then(() => {
    for (const name of held) say({ free: name })
    channel.close()
  })

  const isFree = async (name: string): Promise<boolean> => {
    const answer = new Promise<boolean>((resolve) => asking.set(name, () => resolve(false)))
    say({ ask: name })
    const free = await Promise.race([answer, pause(patience, signal).then(() => !signal.aborted)])
    asking.delete(name)
    if (free) held.add(name)
    return free
  }

  return async (name, wait) => {
    for (;;) {
      if (signal.aborted) return false
      if (await isFree(name)) return true
      if (!wait) return false
      await Promise.race([new Promise<void>((resolve) => waiting.set(name, resolve)), aborted(signal)])
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
