import type { Fault } from '../rules/fault.ts'
import type { Database } from './connection.ts'

/** The faults that wait for the next messages of each app. */
export function createFaults(db: Database) {
  const get = db.prepare('SELECT faults FROM apps WHERE id = ?')
  const put = db.prepare('UPDATE apps SET faults = ? WHERE id = ?')

  const list = (app: string): Fault[] => JSON.parse((get.get(app) as { faults: string }).faults)
  const set = (app: string, faults: Fault[]): void => void put.run(JSON.stringify(faults), app)

  function take(app: string): Fault | undefined {
    const [next, ...later] = list(app)
    if (!next) return undefined
    const left = (next.times ?? 1) - 1
    set(app, left > 0 ? [{ ...next, times: left }, ...later] : later)
    return next
  }

  return {
    /** The waiting faults, the next one first. */
    faults: list,
    setFaults: set,
    /** Adds faults behind the waiting ones. Returns all of them. */
    addFaults: (app: string, faults: Fault[]): Fault[] =>
      db.transaction(() => {
        const all = [...list(app), ...faults]
        set(app, all)
        return all
      }),

    /** Returns the fault for the next message and counts it as used. */
    takeFault(app: string): Fault | undefined {
      // Nearly always no fault waits: then a transaction would cost a write for nothing.
      return list(app).length > 0 ? db.transaction(() => take(app)) : undefined
    },
  }
}
