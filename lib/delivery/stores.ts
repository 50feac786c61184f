import type { Entry } from './entry.ts'
import type { Database, Journal } from './ports.ts'

/** Journal and database, kept in step with what waits. */
export interface Stores {
  /** Has the database hold an entry, soon; the journal does not have to any more then. */
  save(entry: Entry): void
  /** Removes what a key may be stored as. Until the database has done so, it must not come back. */
  forget(key: string): void
  /** Removes an entry of this page. One that the database cannot know yet is gone with its line in the journal. */
  remove(entry: Entry): void
  isForgotten(key: string): boolean
  /** Leaves an entry to whoever finds it in the journal. */
  letGo(key: string): void
  /** Marks in the journal, within a task, what the database has still to forget. */
  close(): void
  /** There is no database. */
  giveUp(): void
}

/**
 * @param saved runs after each write to the database
 */
export function createStores(
  { journal, database }: { journal: Journal; database: Database },
  saved: () => Promise<void>,
  log: (text: string) => void,
): Stores {
  /** To be written to the database, and being written to it. */
  let puts = new Map<string, Entry>()
  let putting = new Map<string, Entry>()
  /** Those that the database would not have at first. It is asked once more: a transaction may be aborted by chance. */
  const retried = new WeakSet<Entry>()
  /** Settled, but the database may still have them. */
  const deletes = new Set<string>()
  /** All that was settled: what a page writes as it dies may become visible only after another has settled it. */
  const forgotten = new Set<string>()
  let isBroken = false
  let lastCommit = Promise.resolve()
  let isDue = false

  /** One commit for all that a task did, and one after the other: what is deleted must not come back. */
  function commitSoon(): void {
    if (isDue) return
    isDue = true
    lastCommit = lastCommit.then(commit).catch((error) => {
      for (const [key, entry] of putting) {
        if (entry.phase === 'settled' || retried.has(entry)) continue
        retried.add(entry)
        puts.set(key, entry)
      }
      putting.clear()
      if (puts.size > 0) commitSoon()
      log(`database: ${error}`)
    })
  }

  async function commit(): Promise<void> {
    isDue = false
    putting = puts
    puts = new Map()
    const deleting = new Set(deletes)
    await database.delete(deleting)
    for (const key of deleting) {
      deletes.delete(key)
      journal.erase(key)
    }
    await database.put(new Map([...putting].map(([key, { message }]) => [key, JSON.stringify(message)])))
    for (const [key, entry] of putting) {
      entry.stored = true
      entry.journaled = false
      if (!deletes.has(key)) journal.erase(key)
    }
    putting.clear()
    await saved()
  }

  const forget = (key: string): void => {
    puts.delete(key)
    journal.erase(key)
    deletes.add(key)
    forgotten.add(key)
    commitSoon()
  }

  return {
    save(entry) {
      puts.set(entry.key, entry)
      commitSoon()
    },
    forget,
    remove({ key, stored }) {
      if (stored || putting.has(key)) return forget(key)
      puts.delete(key)
      journal.erase(key)
    },
    isForgotten: (key) => forgotten.has(key),
    letGo: (key) => puts.delete(key),
    close() {
      if (!isBroken) for (const key of deletes) journal.write(key, '')
    },
    giveUp() {
      isBroken = true
    },
  }
}
