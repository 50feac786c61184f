import type { Entry } from './entry.ts'
import { onceLater } from './once-later.ts'
import type { Journal, Time } from './ports.ts'

/**
 * How long an entry that the journal has, and whose request is in flight, may wait for the database, in milliseconds. Most
 * are delivered by then, and never cost a transaction to put and one to delete them. The journal survives all but a browser
 * that is killed: that loses one only where its request does not arrive either.
 */
export const graceMs = 250

export interface Grace {
  /** Whether what is to be written may wait: it is one entry, and on its way. If so, it is asked again soon. */
  mayWait(puts: ReadonlyMap<string, Entry>): boolean
  /** The page has ended: what it stores from now on waits for nothing. */
  end(): void
}

export function createGrace(
  { journal, time }: { journal: Journal; time: Time },
  askAgain: () => void,
): Grace {
  let isOver = false
  let hasEnded = false
  const endSoon = onceLater(time, graceMs, () => {
    isOver = true
    askAgain()
  })
  return {
    mayWait(puts) {
      const [entry] = puts.values()
      const isUnderWay =
        puts.size === 1 && entry?.state === 'sending' && entry.isJournaled && !entry.isClaimed
      const mayWait = isUnderWay && !isOver && !hasEnded && !journal.isOverfull()
      isOver = false
      if (mayWait) endSoon()
      return mayWait
    },
    end() {
      hasEnded = true
    },
  }
}
