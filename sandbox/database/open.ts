import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { connect, type Database } from './connection.ts'
import { migrate } from './migrations.ts'

/** How long a statement waits for another sandbox that writes to the same file, in milliseconds. */
const patience = 5000

/**
 * Opens the database and brings it to the newest version. Its folder is made where it is missing.
 *
 * @param file a path, or `:memory:`
 * @throws where the file cannot be opened or was written by a newer version
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = connect(file, patience)
  try {
    keepLog(db)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A log beside the file: readers and the one who writes do not wait for each other, and a commit is one write. */
function keepLog(db: Database): void {
  const until = Date.now() + patience
  for (;;) {
    try {
      db.prepare('PRAGMA journal_mode = WAL').get()
      break
    } catch (error) {
      // For this one statement SQLite does not wait by itself, and two sandboxes may start at once.
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || Date.now() > until) throw error
      pause(10)
    }
  }
  // Who is answered 200 finds the message after SIGKILL: a commit hands the log to the system, which outlives the
  // process. Only a power cut can take the last ones; to be safe from that too, every commit would wait for the disk.
  db.exec('PRAGMA synchronous = NORMAL')
}

const pause = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
