import type { Database } from './connection.ts'

interface Job {
  work: () => unknown
  done: (value: unknown) => void
  failed: (error: unknown) => void
}

/**
 * Runs what is asked for in one turn of the event loop in one transaction, each whole or not at all, and resolves once
 * that is committed: under load most of a message's time would go into a commit of its own.
 */
export function createTogether(db: Database) {
  let jobs: Job[] = []

  function runAll(): void {
    const batch = jobs
    jobs = []
    const settle: (() => void)[] = []
    try {
      db.transaction(() => {
        for (const { work, done, failed } of batch) {
          try {
            const value = db.savepoint(work)
            settle.push(() => done(value))
          } catch (error) {
            settle.push(() => failed(error))
          }
        }
      })
    } catch (error) {
      for (const { failed } of batch) failed(error)
      return
    }
    for (const tell of settle) tell()
  }

  return <T>(work: () => T): Promise<T> =>
    new Promise((done, failed) => {
      if (jobs.length === 0) setImmediate(runAll)
      jobs.push({ work, done: done as Job['done'], failed })
    })
}
