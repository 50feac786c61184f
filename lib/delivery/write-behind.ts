import { databaseTimeoutMs } from './claims.ts'
import type { Entry } from './entry.ts'
import type { Database, Journal, Time } from './ports.ts'

/** Keeps journal and database in step with what waits. */
export interface WriteBehind {
  /** Has the journal hold an entry, at once. */
  journal(entry: Entry): void
  /** Has the database hold an entry, soon. The journal lets go of it then. */
  store(entry: Entry): void
  /** Removes an entry that this page session wrote. */
  remove(entry: Entry): void
  /** Removes what another session wrote under a key. Until that is done, it must not come back. */
  removeForeign(key: string): void
  /** Whether a key of another session is settled. What a page writes as it dies may become visible only later. */
  isRemoved(key: string): boolean
  /** Leaves an entry to whoever finds it. */
  abandon(entry: Entry): void
  /** Marks in the journal, within this task, what the database has still to delete. */
  end(): void
  /** The database is out of order. */
  markBroken(): void
  /** Whether nothing is left to write or to delete. */
  isWritten(): boolean
}

/** When a failed write is tried again, in milliseconds. */
const retryMs = 5000

/** How long the writes of a page that dies may take to become visible to others, in milliseconds. */
const lateWritesMs = 60_000

/**
 * An entry is stored in two steps, each for what the other cannot do:
 *
 *     memory --within the call--> journal --within milliseconds--> database (and no longer in the journal)
 *
 * @param onStored runs after each write of new entries to the database
 */
export function createWriteBehind(
  { journal, database, time }: { journal: Journal; database: Database; time: Time },
  onStored: () => Promise<void>,
  onDebug: (text: string) => void,
): WriteBehind {
  /** To be written to the database, and being written to it. */
  let puts = new Map<string, Entry>()
  let putting = new Map<string, Entry>()
  /** Failed once: a transaction may be aborted by chance, so each gets a second one. */
  const retried = new WeakSet<Entry>()
  /** Settled, but the database may still have them. */
  const deletes = new Set<string>()
  /** Settled keys of other sessions, until no late write can bring them back. */
  const removed = new Set<string>()
  /** What the journal has of this page, in order. */
  const journaled = new Set<Entry>()
  let isBroken = false
  let lastCommit = Promise.resolve()
  let isDue = false
  let isMarkDue = false

  const eraseLine = (entry: Entry): void => {
    journaled.delete(entry)
    entry.isJournaled = false
    journal.erase(entry.key)
  }

  /** One commit for all that a task did, and one after the other: what is deleted must not come back. */
  function commitSoon(): void {
    if (isDue) return
    isDue = true
    lastCommit = lastCommit.then(commit).catch((error) => {
      for (const [key, entry] of putting) {
        if (entry.state === 'settled' || retried.has(entry)) continue
        retried.add(entry)
        puts.set(key, entry)
      }
      putting.clear()
      if (puts.size > 0) commitSoon()
      else shedLines()
      if (deletes.size > 0) {
        // What could not be deleted would come back, should the page die now.
        markDeletes()
        void time.pause(retryMs).then(commitSoon)
      }
      onDebug(`the database failed to write: ${error}`)
    })
  }

  async function commit(): Promise<void> {
    isDue = false
    putting = puts
    puts = new Map()
    const deleting = new Set(deletes)
    if (putting.size + deleting.size === 0) return
    const texts = [...putting].map(([key, { message }]): [string, string] => [key, JSON.stringify(message)])
    await database.write(new Map(texts), deleting)
    for (const key of deleting) {
      deletes.delete(key)
      journal.erase(key)
    }
    const hasNew = putting.size > 0
    for (const entry of putting.values()) {
      entry.isStored = true
      if (!deletes.has(entry.key)) eraseLine(entry)
    }
    putting.clear()
    if (hasNew) await onStored()
  }

  /** At rest, the journal must not take much of the site's room. What it cannot hold then, memory alone has. */
  function shedLines(): void {
    for (const entry of [...journaled].reverse()) {
      if (!journal.isOverfull()) return
      eraseLine(entry)
    }
  }

  /** An empty line tells whoever claims it that the message is settled. */
  function markDeletes(): void {
    if (!isBroken) for (const key of deletes) journal.write(key, '')
  }

  const forget = (key: string): void => {
    puts.delete(key)
    // An empty line stays until the database has deleted its entry.
    if (journal.read(key) !== '') journal.erase(key)
    deletes.add(key)
    commitSoon()
    markDeletesUnlessWritten()
  }

  /** A database that stays silent may outlive this page with what is settled. */
  function markDeletesUnlessWritten(): void {
    if (isMarkDue) return
    isMarkDue = true
    void time.pause(databaseTimeoutMs).then(() => {
      isMarkDue = false
      markDeletes()
    })
  }

  return {
    journal(entry) {
      entry.isJournaled = journal.write(entry.key, JSON.stringify(entry.message))
      if (!entry.isJournaled) return
      journaled.add(entry)
      if (journal.isOverfull()) void time.pause(isBroken ? 0 : databaseTimeoutMs).then(shedLines)
    },
    store(entry) {
      puts.set(entry.key, entry)
      commitSoon()
    },
    remove(entry) {
      journaled.delete(entry)
      if (entry.isStored || putting.has(entry.key)) return forget(entry.key)
      puts.delete(entry.key)
      if (entry.isJournaled) eraseLine(entry)
    },
    removeForeign(key) {
      forget(key)
      if (removed.has(key)) return
      removed.add(key)
      void time.pause(lateWritesMs).then(() => removed.delete(key))
    },
    isRemoved: (key) => removed.has(key) || deletes.has(key),
    abandon(entry) {
      puts.delete(entry.key)
      journaled.delete(entry)
    },
    end: markDeletes,
    markBroken() {
      isBroken = true
    },
    isWritten: () => puts.size + putting.size + deletes.size === 0,
  }
}
