import type { Entry } from './entry.ts'

/** Keeps journal and database in step with what waits. */
export interface WriteBehind {
  /** Has the journal hold an entry, at once. */
  journal(entry: Entry): void
  /** Has the database hold an entry, soon. The journal lets go of it then. */
  store(entry: Entry): void
  /** A request has failed: what waits for its answer is to be stored now. */
  hurry(): void
  /** Removes an entry that this page session wrote. */
  remove(entry: Entry): void
  /** Removes what another session wrote under a key. Until that is done, it must not come back. */
  removeForeign(key: string): void
  /** Whether a key of another session is settled. What a page writes as it dies may become visible only later. */
  isRemoved(key: string): boolean
  /** The keys that are settled, but that the database may still have. */
  undeleted(): string[]
  /** Leaves an entry to whoever finds it. */
  abandon(entry: Entry): void
  /** Marks in the journal, within this task, what the database has still to delete. */
  end(): void
  /** Whether nothing is left to write or to delete. */
  isWritten(): boolean
}
