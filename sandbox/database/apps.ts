import { randomUUID } from 'node:crypto'
import type { App } from '../api-types.ts'
import type { Fault } from '../rules/fault.ts'
import { createApiKeys } from './api-keys.ts'
import type { Database } from './connection.ts'
import { createFaults } from './faults.ts'
import { createTokens } from './tokens.ts'

export function createApps(db: Database) {
  const columns = 'SELECT a.id, a.name, k.key AS api_key, a.token, k.revoked, a.domains FROM apps a'
  const withKey = `${columns} JOIN api_keys k ON k.key = a.api_key`
  // By row id, the demo app comes first: the first migration created it.
  const all = db.prepare(`${withKey} ORDER BY a.rowid`)
  const byId = db.prepare(`${withKey} WHERE a.id = ?`)
  const byKey = db.prepare(`${columns} JOIN api_keys k ON k.app = a.id WHERE k.key = ?`)
  const insert = db.prepare('INSERT INTO apps (id, name, api_key, token) VALUES (?, ?, ?, ?)')
  const setDomains = db.prepare('UPDATE apps SET domains = ? WHERE id = ?')
  const keys = createApiKeys(db)
  const tokens = createTokens(db)

  return {
    all: (): App[] => all.all().map(toApp),
    byId: (id: string): App | undefined => found(byId.get(id)),
    byKey: (key: string): App | undefined => found(byKey.get(key)),

    create: (name?: string): App =>
      db.transaction(() => {
        const id = randomUUID()
        const key = randomUUID()
        const { token } = tokens.add(id, 'full')
        insert.run(id, name ?? `App ${id.slice(0, 8)}`, key, token)
        keys.add(id, key)
        return toApp(byId.get(id))
      }),
    trust: (id: string, domains: string[]) => void setDomains.run(JSON.stringify(domains), id),
    keys,
    tokens,
    ...createFaults<Fault>(db, 'faults'),
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
