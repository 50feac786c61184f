import type { Fault } from '../rules/fault.ts'
import type { Database } from './connection.ts'

/** What shall happen to the next messages of the apps. */
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
    /** Those that still wait for a message, the next one first. */
    faults: list,
    setFaults: set,
    /** Puts faults behind those that wait already. */
    addFaults: (app: string, faults: Fault[]): Fault[] =>
      db.transaction(() => {
        const all = [...list(app), ...faults]
        set(app, all)
        return all
      }),

    /** What shall happen to the next message, and takes one off its count. */
    takeFault(app: string): Fault | undefined {
      // Nearly always there is none, and a transaction would be a write for nothing.
      return list(app).length > 0 ? db.transaction(() => take(app)) : undefined
    },
  }
}
