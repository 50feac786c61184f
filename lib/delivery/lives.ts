import { keyParts, prefixOf } from './entry.ts'
import type { Database, Holds, Journal } from './ports.ts'

/** The pages of the site that have, or had, messages of a queue. */
export interface Lives {
  /** Resolves when all that dead ones have left behind, and that could be had at once, is here. Never rejects. */
  gathered: Promise<unknown>
  /** How many others live, and wait for this one to end. */
  others(): number
}

/**
 * Takes over what other lives leave behind: at once what is dead by now, and as soon as they end what still lives.
 *
 * A life is known by what its keys begin with. Whether it lives is seen by the lock of that name, which it holds; to
 * get it is to be its heir. Lives that begin later are heard of as they write to the journal.
 */
export function meetLives(
  { journal, database, holds }: { journal: Journal; database: Database; holds: Holds },
  { own, queue, signal }: { own: string; queue: string; signal: AbortSignal },
  tell: {
    /** What keys are of concern. Not those of other queues, but for what is too old. */
    isForUs(key: string): boolean
    /** A life is dead, and its lock is held now. May come again when more of it turns up. */
    adopt(life: string): Promise<void>
    damaged(key: string): void
    unreadable(error: unknown): void
  },
): Lives {
  let others = 0
  const hold = holds(own, signal)
  /** Whether each is held by this page. */
  const met = new Map<string, boolean>([[own, false]])
  const isOfQueue = (key: string): boolean => key.startsWith(`${queue}:`)

  const take = async (life: string, wait: boolean): Promise<boolean> => {
    // What is too old under another key is taken away without disturbing who holds the rest.
    const isHeld = (await hold(isOfQueue(life) ? life : `expired:${life}`, wait)) && !signal.aborted
    met.set(life, isHeld)
    if (isHeld) await tell.adopt(life)
    return isHeld
  }

  const meet = async (life: string, isAlive: boolean): Promise<void> => {
    if (met.get(life)) return tell.adopt(life)
    if (met.has(life)) return
    met.set(life, false)
    if (!isAlive && (await take(life, false))) return
    if (!isOfQueue(life)) return
    // That it may hear of this page as well, something of this page is written.
    if (journal.write(own, '')) journal.erase(own)
    others++
    void take(life, true).finally(() => {
      // What is called for as the page ends has the same heirs.
      if (!signal.aborted) others--
    })
  }

  const meetAll = async (keys: string[]): Promise<void> => {
    for (const key of keys) if (keyParts(key) === undefined) tell.damaged(key)
    await Promise.all([...new Set(keys.filter(tell.isForUs).map(prefixOf))].map((life) => meet(life, false)))
  }

  journal.watch(signal, (key) => {
    if (isOfQueue(key)) void meet(prefixOf(key), true)
  })
  return {
    gathered: Promise.all([
      hold(own, true),
      meetAll(journal.keys()),
      database.keys().then(meetAll, tell.unreadable),
    ]),
    others: () => others,
  }
}
