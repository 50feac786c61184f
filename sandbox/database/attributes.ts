import type { Source } from '../api-types.ts'
import type { Database } from './connection.ts'
import { fromSafeText } from './safe-text.ts'

export type Attributes = ReturnType<typeof createAttributes>
export type Owner = 'user' | 'company' | 'product'

/** The values of users and companies by name: fields and custom attributes alike. */
export function createAttributes(db: Database) {
  const get = db.prepare('SELECT value FROM attributes WHERE owner_type = ? AND owner = ? AND name = ?')
  const all = db.prepare(
    'SELECT name, value FROM attributes WHERE owner_type = ? AND owner = ? ORDER BY name',
  )
  const ofUsers = db.prepare(
    `SELECT owner, json_group_array(json_array(name, value)) AS pairs FROM attributes
     WHERE owner_type = 'user' AND owner IN (SELECT value FROM json_each(?)) GROUP BY owner`,
  )
  const put = db.prepare(
    'INSERT OR REPLACE INTO attributes (owner_type, owner, name, value, source) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM attributes WHERE owner_type = ? AND owner = ? AND name = ?')

  const sources = db.prepare('SELECT name, source FROM attributes WHERE owner_type = ? AND owner = ?')

  return {
    /** Sets a value; `null` clears it. Returns the value before, or `null` if there was none. */
    set(type: Owner, owner: number, name: string, value: unknown, source: Source = 'segment'): unknown {
      const row = get.get(type, owner, name) as { value: string } | undefined
      if (value === null) remove.run(type, owner, name)
      else put.run(type, owner, name, JSON.stringify(value), source)
      return row ? JSON.parse(row.value) : null
    },

    all: (type: Owner, owner: number): Map<string, unknown> => toValues(all.all(type, owner) as NamedValue[]),

    /** The source of each value, by name. */
    sources: (type: Owner, owner: number): Record<string, Source> =>
      Object.fromEntries(
        (sources.all(type, owner) as { name: string; source: Source }[]).map(({ name, source }) => [
          name,
          source,
        ]),
      ),

    /** The values of many users in one query. One query per user would take most of a list's time. */
    ofUsers(ids: number[]): Map<number, Map<string, unknown>> {
      const rows = ofUsers.all(JSON.stringify(ids)) as { owner: number; pairs: string }[]
      return new Map(
        rows.map(({ owner, pairs }) => [
          owner,
          toValues(
            (JSON.parse(pairs) as [string, string][]).map(([name, value]) => ({
              name: fromSafeText(name),
              value,
            })),
          ),
        ]),
      )
    },
  }
}

interface NamedValue {
  name: string
  /** JSON. */
  value: string
}

const toValues = (rows: NamedValue[]): Map<string, unknown> =>
  new Map(rows.map(({ name, value }) => [name, JSON.parse(value)]))
