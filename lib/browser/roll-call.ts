import type { Hold } from '../delivery/ports.ts'

/** How long the other tabs have to say that they hold a name, in milliseconds. */
const patience = 2000

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

/** What the entry has of the page. Nothing is imported from there: a chunk that imports the entry loads it twice. */
interface Page {
  channel: BroadcastChannel
  /** What other tabs have said since the channel was opened. */
  heard: MessageEvent<Words>[]
  own: string
  signal: AbortSignal
  pause(ms: number, signal: AbortSignal): Promise<void>
  aborted(signal: AbortSignal): Promise<unknown>
}

/**
 * Holds by asking the other tabs, for pages on plain http. A name is free when nobody answers to it; of two who ask at
 * once, one gives way. Who leaves names the heir among those who have asked. A tab that crashed names nobody, and its
 * messages are taken over by the next page that is loaded. A tab that does not answer in time, because the browser has
 * frozen it or its network is slow to bring this code, counts as dead: it may then send what another one sends.
 */
export function createRollCall({ channel, heard, own, signal, pause, aborted }: Page): Hold {
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
  for (const message of heard) channel.onmessage(message)
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
