import type { Database } from './connection.ts'

interface Job {
  work: () => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/**
 * Runs all work that is requested in one turn of the event loop in one transaction, and resolves after its commit. Work
 * that throws is rolled back alone. Under load, a commit per message would take most of the time.
 */
export function createTogether(db: Database) {
  let jobs: Job[] = []

  function runAll(): void {
    const batch = jobs
    jobs = []
    const outcomes: (() => void)[] = []
    try {
      db.transaction(() => {
        for (const { work, resolve, reject } of batch) {
          try {
            const value = db.savepoint(work)
            outcomes.push(() => resolve(value))
          } catch (error) {
            outcomes.push(() => reject(error))
          }
        }
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
      return
    }
    for (const report of outcomes) report()
  }

  return <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      if (jobs.length === 0) setImmediate(runAll)
      jobs.push({ work, resolve: resolve as Job['resolve'], reject })
    })
}
