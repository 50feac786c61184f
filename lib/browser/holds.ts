import type { Hold, Holds } from '../delivery/ports.ts'
import { pause } from './pause.ts'

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
      const held = (lock: Lock | null): Promise<void> | undefined => {
        resolve(lock !== null)
        return lock ? aborted(signal) : undefined
      }
      locks.request(name, wait ? { signal } : { ifAvailable: true }, held).catch(() => resolve(false))
    })

/** How long the other tabs have to say that they hold a name, in milliseconds. */
const patience = 600

/** What the tabs say to each other, and who says it. */
interface Words {
  by: string
  /** "Does anybody hold this?" */
  ask?: string
  /** "I hold this." */
  held?: string
  /** "I leave, and hold this no longer: it is the heir's." */
  free?: string
  heir?: string | undefined
}

/**
 * The fallback on plain http. A name is free when nobody answers to it; of two who ask at once, one gives way. Who leaves
 * names the heir among those who have asked. A tab that crashed names nobody, and its messages are taken over by the next
 * page that is loaded. A tab that does not answer in time, because the browser has frozen it, counts as dead: it may then
 * send what another one sends.
 */
function byRollCall(own: string, signal: AbortSignal): Hold {
  const channel = new BroadcastChannel('userengage')
  // Nobody else can know this name, so nobody needs to be asked.
  const held = new Set([own])
  const asking = new Map<string, () => void>()
  const inheriting = new Map<string, () => void>()
  const askers = new Map<string, Set<string>>()
  const say = (words: Omit<Words, 'by'>): void => channel.postMessage({ ...words, by: own })

  channel.onmessage = ({ data }: MessageEvent<Words>) => {
    const { by, ask, heir, free = '' } = data
    if (ask !== undefined) {
      askers.set(ask, (askers.get(ask) ?? new Set()).add(by))
      const giveWay = asking.get(ask)
      if (held.has(ask) || (giveWay && own < by)) say({ held: ask })
      else giveWay?.()
    }
    asking.get(data.held ?? '')?.()
    if (free) for (const waiting of askers.values()) waiting.delete(by)
    if (heir === own) inheriting.get(free)?.()
  }
  // Within the task in which the page ends: there may be no other.
  signal.addEventListener('abort', () => {
    for (const name of held) say({ free: name, heir: [...(askers.get(name) ?? [])].at(-1) })
    channel.close()
  })

  const isFree = async (name: string): Promise<boolean> => {
    const taken = new Promise<boolean>((resolve) => asking.set(name, () => resolve(false)))
    say({ ask: name })
    const free = await Promise.race([taken, pause(patience, signal).then(() => !signal.aborted)])
    asking.delete(name)
    return free
  }

  const isInherited = (name: string): Promise<boolean> => {
    const inherited = new Promise<boolean>((resolve) => inheriting.set(name, () => resolve(true)))
    say({ ask: name })
    return Promise.race([inherited, aborted(signal).then(() => false)])
  }

  return async (name, wait) => {
    if (held.has(name)) return true
    const isHeld = !signal.aborted && (await (wait ? isInherited(name) : isFree(name)))
    if (isHeld) held.add(name)
    return isHeld
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
