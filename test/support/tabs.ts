import type { OpenChannel, Release, TabLocks, Time } from '../../lib/delivery/ports.ts'
import type { TabMessage } from '../../lib/delivery/tab-message.ts'
import { turn } from './clock.ts'

export interface SiteLocks {
  /** The names of the locks that some tab holds. */
  held: Set<string>
  /** The locks as one tab has them. The browser frees them when `died` aborts. */
  ofTab(died: AbortSignal): TabLocks
}

/** Locks that all tabs of a site share, granted in the order of the requests. */
export function createLocks(time: Pick<Time, 'pause'>): SiteLocks {
  const held = new Set<string>()
  const waiting: { name: string; grant(): void }[] = []

  function release(name: string): void {
    held.delete(name)
    const next = waiting.find((request) => request.name === name)
    if (!next) return
    waiting.splice(waiting.indexOf(next), 1)
    next.grant()
  }

  return {
    held,
    ofTab(died) {
      const own = new Set<Release>()
      died.addEventListener('abort', () => {
        for (const releaseOwn of own) releaseOwn()
      })
      const hold = (name: string): Release => {
        held.add(name)
        const releaseOnce = (): void => {
          if (own.delete(releaseOnce)) release(name)
        }
        own.add(releaseOnce)
        return releaseOnce
      }
      const acquire = async (name: string): Promise<Release | undefined> => {
        await turn()
        return held.has(name) || died.aborted ? undefined : hold(name)
      }
      return {
        acquireNew: acquire,
        acquire,
        whenGranted: async () => {},
        async acquireWithin(name, timeoutMs) {
          await turn()
          if (!held.has(name)) return hold(name)
          return new Promise((resolve) => {
            const request = { name, grant: () => resolve(hold(name)) }
            waiting.push(request)
            const giveUp = (): void => {
              if (waiting.includes(request)) waiting.splice(waiting.indexOf(request), 1)
              resolve(undefined)
            }
            died.addEventListener('abort', giveUp)
            void time.pause(timeoutMs).then(giveUp)
          })
        },
      }
    },
  }
}

/** A channel as one tab has it. */
export interface FakeChannel {
  open: OpenChannel
  /** What this tab has posted. */
  posted: TabMessage[]
  /** From now on the tab hears nothing, as one that the browser has frozen. */
  freeze(): void
}

export interface SiteChannels {
  /** The channel of `queue` as one tab has it, until `died` aborts. */
  ofTab(queue: string, died: AbortSignal): FakeChannel
}

/** BroadcastChannels: what one tab posts, all others of the queue hear in a later task. */
export function createChannels(): SiteChannels {
  const listeners = new Map<string, Set<(message: TabMessage) => void>>()
  return {
    ofTab(queue, died) {
      const others = listeners.get(queue) ?? new Set()
      listeners.set(queue, others)
      let isFrozen = false
      const channel: FakeChannel = {
        posted: [],
        freeze() {
          isFrozen = true
        },
        open(onMessage) {
          const listener = (message: TabMessage): void => {
            if (!isFrozen && others.has(listener)) onMessage(message)
          }
          const close = (): void => {
            died.removeEventListener('abort', close)
            others.delete(listener)
          }
          others.add(listener)
          died.addEventListener('abort', close)
          return {
            post(message) {
              if (!others.has(listener)) return
              channel.posted.push(message)
              for (const other of others) {
                if (other !== listener) void turn().then(() => other(structuredClone(message)))
              }
            },
            close,
          }
        },
      }
      return channel
    },
  }
}
