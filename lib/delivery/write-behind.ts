import { databaseTimeoutMs } from './database-timeout.ts'
import type { DeliveryLog } from './delivery-log.ts'
import type { Entry } from './entry.ts'
import { keyParts } from './entry-key.ts'
import { createGrace } from './grace.ts'
import { createJournalLines } from './journal-lines.ts'
import { onceLater } from './once-later.ts'
import type { Database, Journal, Time } from './ports.ts'
import { createRemovedKeys } from './removed-keys.ts'
import type { WriteBehind } from './write-behind-types.ts'

/** When a failed write is tried again, in milliseconds. */
const retryMs = 5000

/**
 * An entry is stored in two steps, each for what the other cannot do:
 *
 *     memory --within the call--> journal --unless delivered soon--> database (and no longer in the journal)
 *
 * @param onStored runs after each write of new entries to the database
 */
export function createWriteBehind(
  { journal, database, time }: { journal: Journal; database: Database; time: Time },
  onStored: () => Promise<void>,
  log: DeliveryLog | undefined,
): WriteBehind {
  /** To be written to the database, and being written to it. */
  let puts = new Map<string, Entry>()
  let putting = new Map<string, Entry>()
  /** Failed once: a transaction may be aborted by chance, so each gets a second one. */
  const retried = new WeakSet<Entry>()
  /** Settled, but the database may still have them. */
  const deletes = new Set<string>()
  const removed = createRemovedKeys(time)
  const lines = createJournalLines(journal)
  let lastCommit = Promise.resolve()
  let isDue = false
  const retrySoon = onceLater(time, retryMs, commitSoon)
  const shedLater = onceLater(time, databaseTimeoutMs, lines.shed)
  const grace = createGrace({ journal, time }, commitSoon)
  /** A database that stays silent may outlive this page with what is settled. */
  const markDeletesUnlessWritten = onceLater(time, databaseTimeoutMs, markDeletes)

  /** One commit for all that a task did, and one after the other: what is deleted must not come back. */
  function commitSoon(): void {
    if (isDue) return
    isDue = true
    lastCommit = lastCommit.then(commit).catch((error) => {
      const again = [...putting.values()].filter((entry) => entry.state !== 'settled' && !retried.has(entry))
      for (const entry of again) {
        retried.add(entry)
        puts.set(entry.key, entry)
      }
      putting.clear()
      if (again.length > 0) commitSoon()
      else lines.shed()
      if (deletes.size > 0) {
        // What could not be deleted would come back, should the page die now.
        markDeletes()
        retrySoon()
      }
      log?.onDatabaseFailed('writing', error)
    })
  }

  function* textsToPut(): Iterable<[string, string]> {
    for (const [key, { message }] of putting) yield [key, JSON.stringify(message)]
  }

  async function commit(): Promise<void> {
    isDue = false
    if (!grace.mayWait(puts)) {
      putting = puts
      puts = new Map()
    }
    const deleting = new Set(deletes)
    if (putting.size + deleting.size === 0) return
    await database.write(textsToPut(), deleting)
    for (const key of deleting) {
      deletes.delete(key)
      removed.onDeleted(key)
      journal.erase(key)
    }
    const hasNew = putting.size > 0
    for (const entry of putting.values()) {
      entry.isStored = true
      if (!deletes.has(entry.key)) lines.erase(entry)
    }
    putting.clear()
    if (hasNew) await onStored()
  }

  /** An empty line tells whoever claims it that the message is settled. */
  function markDeletes(): void {
    for (const key of deletes) journal.write(key, '')
  }

  const forget = (key: string): void => {
    puts.delete(key)
    // An empty line stays until the database has deleted its entry, or nobody would send that any more.
    const isExpired = (keyParts(key)?.expires ?? 0) < time.now()
    if (isExpired || journal.read(key) !== '') journal.erase(key)
    deletes.add(key)
    commitSoon()
    markDeletesUnlessWritten()
  }

  return {
    journal(entry) {
      lines.write(entry)
      if (journal.isOverfull()) shedLater()
    },
    store(entry) {
      puts.set(entry.key, entry)
      commitSoon()
    },
    hurry() {
      if (puts.size > 0) commitSoon()
    },
    remove(entry) {
      lines.forget(entry)
      if (entry.isStored || putting.has(entry.key)) return forget(entry.key)
      puts.delete(entry.key)
      if (entry.isJournaled) lines.erase(entry)
    },
    removeForeign(key) {
      forget(key)
      removed.add(key)
    },
    isRemoved: (key) => removed.has(key) || deletes.has(key),
    undeleted: () => [...deletes],
    abandon(entry) {
      puts.delete(entry.key)
      putting.delete(entry.key)
      lines.forget(entry)
    },
    end() {
      grace.end()
      markDeletes()
      // From now on, what the journal has may be claimed and settled by others. A page that is frozen while the database is
      // being opened would put it there as it thaws.
      for (const due of [puts, putting]) {
        for (const [key, { isJournaled }] of due) if (isJournaled) due.delete(key)
      }
    },
    isWritten: () => puts.size + putting.size + deletes.size === 0,
  }
}
