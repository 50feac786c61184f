import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { connect, type Database } from './connection.ts'
import { migrate } from './migrations.ts'

/** A statement waits this long for another sandbox that writes to the same file. */
const busyTimeoutMs = 5000

/**
 * Opens the database and migrates it to the newest version. A missing folder is created.
 *
 * @param file a path, or `:memory:`
 * @throws if the file cannot be opened or a newer version wrote it
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const db = connect(file, busyTimeoutMs)
  try {
    useWriteAheadLog(db)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** With a write-ahead log, readers and writer do not wait for each other, and a commit is one write. */
function useWriteAheadLog(db: Database): void {
  const until = Date.now() + busyTimeoutMs
  for (;;) {
    try {
      db.prepare('PRAGMA journal_mode = WAL').get()
      break
    } catch (error) {
      // Two sandboxes may start at once, and SQLite's own busy timeout does not cover this statement.
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || Date.now() > until) throw error
      sleepSync(10)
    }
  }
  // A message that was answered 200 survives SIGKILL: the commit has handed it to the operating system. A power cut can
  // lose the last ones. FULL would prevent that, but then every commit waits for the disk.
  db.exec('PRAGMA synchronous = NORMAL')
}

const sleepSync = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
