import type { Release, TabLocks } from '../delivery/ports.ts'
import { pause } from './pause.ts'

/** How long the other tabs have to say that they hold a lock, in milliseconds. */
const claimTimeoutMs = 2000

/** "Does anybody hold this lock?" and "I hold it", said to the page that asked. `by` is random, for each page. */
type LockMessage = { by: string; ask: string } | { by: string; held: string; to: string }

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

  const say = (message: LockMessage): void => channel?.postMessage(message)

  function open(): boolean {
    try {
      channel ??= new BroadcastChannel('userengage:locks')
    } catch {
      return false
    }
    channel.onmessage = ({ data }: MessageEvent<LockMessage>) => {
      if ('held' in data) {
        // An answer to another page may come from one that gives way itself.
        if (data.to === by) asking.get(data.held)?.()
        return
      }
      const giveWay = asking.get(data.ask)
      if (held.has(data.ask) || (giveWay && by < data.by)) say({ by, held: data.ask, to: data.by })
      else giveWay?.()
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
    if (held.has(name) || asking.has(name) || !open()) return undefined
    const taken = new Promise<boolean>((resolve) => asking.set(name, () => resolve(true)))
    say({ by, ask: name })
    const isTaken = await Promise.race([taken, pause(claimTimeoutMs).then(() => false)])
    asking.delete(name)
    return isTaken ? undefined : release(name)
  }

  return {
    acquireNew: async (name) => (open() ? release(name) : undefined),
    acquire,
    // A tab holds a new lock as soon as it asks for it.
    whenGranted: async () => {},
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
