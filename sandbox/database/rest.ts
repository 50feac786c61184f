import type { RestFault } from '../rules/rest-fault.ts'
import { defaultSwitches, type RestSwitches } from '../rules/rest-switches.ts'
import type { Database } from './connection.ts'
import { createFaults } from './faults.ts'
import { createMerge } from './merge.ts'
import { createRestLists } from './rest-lists.ts'
import { createRestRequests } from './rest-requests.ts'

/** What the REST API has of its own: switches, faults, the log of its requests, its pages, and merging. */
export function createRest(db: Database) {
  const get = db.prepare('SELECT rest_switches FROM apps WHERE id = ?')
  const put = db.prepare('UPDATE apps SET rest_switches = ? WHERE id = ?')

  const switches = (app: string): RestSwitches => ({
    ...defaultSwitches,
    ...JSON.parse((get.get(app) as { rest_switches: string }).rest_switches),
  })

  return {
    switches,
    /** Sets some of the switches; the others stay. */
    setSwitches: (app: string, given: Partial<RestSwitches>): RestSwitches =>
      db.transaction(() => {
        const set = { ...switches(app), ...given }
        put.run(JSON.stringify(set), app)
        return set
      }),
    ...createFaults<RestFault>(db, 'rest_faults'),
    requests: createRestRequests(db),
    lists: createRestLists(db),
    merge: createMerge(db),
  }
}
