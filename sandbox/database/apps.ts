import { randomUUID } from 'node:crypto'
import type { Fault } from '../rules/fault.ts'
import type { Database } from './connection.ts'

/** One customer's account. */
export interface App {
  id: string
  name: string
  apiKey: string
  token: string
  revoked: boolean
  /** Trusted domains; an empty list trusts all. */
  domains: string[]
}

export type Apps = ReturnType<typeof createApps>

export function createApps(db: Database) {
  const columns = 'SELECT id, name, api_key, token, revoked, domains FROM apps'
  // `demo` was there first, and the row ids tell.
  const all = db.prepare(`${columns} ORDER BY rowid`)
  const byId = db.prepare(`${columns} WHERE id = ?`)
  const byKey = db.prepare(`${columns} WHERE api_key = ?`)
  const byToken = db.prepare(`${columns} WHERE token = ?`)
  const insert = db.prepare('INSERT INTO apps (id, name, api_key, token) VALUES (?, ?, ?, ?)')
  const setRevoked = db.prepare('UPDATE apps SET revoked = ? WHERE id = ?')
  const setDomains = db.prepare('UPDATE apps SET domains = ? WHERE id = ?')
  const getFaults = db.prepare('SELECT faults FROM apps WHERE id = ?')
  const setFaults = db.prepare('UPDATE apps SET faults = ? WHERE id = ?')

  const faults = (id: string): Fault[] => JSON.parse((getFaults.get(id) as { faults: string }).faults)

  return {
    all: (): App[] => all.all().map(toApp),
    byId: (id: string): App | undefined => found(byId.get(id)),
    byKey: (key: string): App | undefined => found(byKey.get(key)),
    byToken: (token: string): App | undefined => found(byToken.get(token)),

    create(name?: string): App {
      const id = randomUUID()
      insert.run(id, name ?? `App ${id.slice(0, 8)}`, randomUUID(), randomUUID())
      return toApp(byId.get(id))
    },
    revoke: (id: string, revoked: boolean) => void setRevoked.run(Number(revoked), id),
    trust: (id: string, domains: string[]) => void setDomains.run(JSON.stringify(domains), id),
    setFaults: (id: string, list: Fault[]) => void setFaults.run(JSON.stringify(list), id),

    /** What shall happen to the next message, and takes one off its count. */
    takeFault(id: string): Fault | undefined {
      const [next, ...later] = faults(id)
      if (!next) return undefined
      const left = (next.times ?? 1) - 1
      setFaults.run(JSON.stringify(left > 0 ? [{ ...next, times: left }, ...later] : later), id)
      return next
    },
  }
}

interface Row {
  id: string
  name: string
  api_key: string
  token: string
  revoked: number
  domains: string
}

const found = (row: unknown): App | undefined => (row ? toApp(row) : undefined)

function toApp(row: unknown): App {
  const { id, name, api_key, token, revoked, domains } = row as Row
  return { id, name, apiKey: api_key, token, revoked: revoked === 1, domains: JSON.parse(domains) }
}
