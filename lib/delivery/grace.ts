import type { Entry } from './entry.ts'
import type { Journal, Time } from './ports.ts'

/**
 * How long an entry that the journal has, and whose request is in flight, may wait for the database, in milliseconds. Most
 * are delivered by then, and never cost a transaction to put and one to delete them. The journal survives all but a browser
 * that is killed: that loses one only where its request does not arrive either.
 */
export const graceMs = 250

export interface Grace {
  /** Whether what is to be written may wait: it is one entry, and on its way. If so, `askAgain` runs when that is over. */
  mayWait(puts: ReadonlyMap<string, Entry>): boolean
  /** The page has ended: what it stores from now on waits for nothing. */
  end(): void
}

export function createGrace(
  { journal, time }: { journal: Journal; time: Time },
  askAgain: () => void,
): Grace {
  let hasEnded = false
  let waiting: Entry | undefined
  let until = 0
  let isTimed = false

  /** One timer at a time: a page makes many calls within a moment. */
  async function askAgainAfter(ms: number): Promise<void> {
    if (isTimed) return
    isTimed = true
    await time.pause(ms)
    isTimed = false
    askAgain()
  }

  return {
    mayWait(puts) {
      const [entry] = puts.values()
      const isUnderWay =
        puts.size === 1 && entry?.state === 'sending' && entry.isJournaled && !entry.isClaimed
      if (!isUnderWay || hasEnded || journal.isOverfull()) return false
      if (entry !== waiting) until = time.monotonic() + graceMs
      waiting = entry
      const leftMs = until - time.monotonic()
      if (leftMs > 0) void askAgainAfter(leftMs)
      return leftMs > 0
    },
    end() {
      hasEnded = true
    },
  }
}
