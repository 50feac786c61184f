import type { Release, TabLocks } from '../delivery/ports.ts'
import { pause } from './pause.ts'

/** How long the other tabs have to say that they hold a lock, in milliseconds. */
const claimTimeoutMs = 2000

/** The messages between tabs: "Does anybody hold this lock?" and "I hold it". `by` is random, for each page. */
interface LockMessage {
  by: string
  ask?: string
  held?: string
}

/**
 * Locks by asking the other tabs, for pages on plain http. A lock is free when no tab answers; of two tabs that ask at
 * once, one gives way. A tab that does not answer in time, because the browser has frozen it, counts as dead: both tabs
 * may then send the same message. Where the browser forbids the channel, nothing is shared between tabs.
 */
export function createBroadcastLocks(): TabLocks {
  const by = crypto.getRandomValues(new Uint32Array(2)).join('-')
  const held = new Set<string>()
  const asking = new Map<string, () => void>()
  let channel: BroadcastChannel | undefined

  const say = (message: Omit<LockMessage, 'by'>): void => channel?.postMessage({ ...message, by })

  function open(): boolean {
    try {
      channel ??= new BroadcastChannel('userengage:locks')
    } catch {
      return false
    }
    channel.onmessage = ({ data }: MessageEvent<LockMessage>) => {
      const { ask, held: heldElsewhere = '' } = data
      if (ask !== undefined) {
        const giveWay = asking.get(ask)
        if (held.has(ask) || (giveWay && by < data.by)) say({ held: ask })
        else giveWay?.()
      }
      asking.get(heldElsewhere)?.()
    }
    return true
  }

  const release = (name: string): Release => {
    held.add(name)
    return () => {
      held.delete(name)
      // An open channel would keep a page that was left out of the back/forward cache.
      if (held.size === 0 && asking.size === 0) {
        channel?.close()
        channel = undefined
      }
    }
  }

  async function acquire(name: string): Promise<Release | undefined> {
    if (held.has(name) || !open()) return undefined
    const taken = new Promise<boolean>((resolve) => asking.set(name, () => resolve(true)))
    say({ ask: name })
    const isTaken = await Promise.race([taken, pause(claimTimeoutMs).then(() => false)])
    asking.delete(name)
    return isTaken ? undefined : release(name)
  }

  return {
    acquireNew: async (name) => (open() ? release(name) : undefined),
    acquire,
    async acquireWithin(name, timeoutMs) {
      const end = Date.now() + timeoutMs
      for (;;) {
        const lock = await acquire(name)
        if (lock || Date.now() >= end) return lock
        await pause(claimTimeoutMs / 4)
      }
    },
  }
}
