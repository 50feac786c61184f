import type { Fault } from '../rules/fault.ts'
import type { Database } from './connection.ts'

/** The faults that wait for the next messages of each app, or those in `rest_faults` for its next REST requests. */
export function createFaults<F extends Fault>(db: Database, column: 'faults' | 'rest_faults') {
  const get = db.prepare(`SELECT ${column} AS faults FROM apps WHERE id = ?`)
  const put = db.prepare(`UPDATE apps SET ${column} = ? WHERE id = ?`)

  const list = (app: string): F[] => JSON.parse((get.get(app) as { faults: string }).faults)
  const set = (app: string, faults: F[]): void => void put.run(JSON.stringify(faults), app)

  function take(app: string, hits: (fault: F) => boolean): F | undefined {
    const faults = list(app)
    const next = faults.find(hits)
    if (!next) return undefined
    const left = (next.times ?? 1) - 1
    set(
      app,
      faults.flatMap((fault) => (fault !== next ? [fault] : left > 0 ? [{ ...next, times: left }] : [])),
    )
    return next
  }

  return {
    /** The waiting faults, the next one first. */
    faults: list,
    setFaults: set,
    /** Adds faults behind the waiting ones. Returns all of them. */
    addFaults: (app: string, faults: F[]): F[] =>
      db.transaction(() => {
        const all = [...list(app), ...faults]
        set(app, all)
        return all
      }),

    /** Returns the first fault that `hits` and counts it as used. */
    takeFault(app: string, hits: (fault: F) => boolean = () => true): F | undefined {
      // Nearly always no fault waits: then a transaction would cost a write for nothing.
      return list(app).some(hits) ? db.transaction(() => take(app, hits)) : undefined
    },
  }
}
