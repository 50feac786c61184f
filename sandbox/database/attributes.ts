import type { Database } from './connection.ts'

export type Attributes = ReturnType<typeof createAttributes>
type Owner = 'user' | 'company'

/** The values of users and companies, fields and custom attributes alike, each under its name. */
export function createAttributes(db: Database) {
  const get = db.prepare('SELECT value FROM attributes WHERE owner_type = ? AND owner = ? AND name = ?')
  const all = db.prepare(
    'SELECT name, value FROM attributes WHERE owner_type = ? AND owner = ? ORDER BY name',
  )
  const put = db.prepare(
    'INSERT OR REPLACE INTO attributes (owner_type, owner, name, value) VALUES (?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM attributes WHERE owner_type = ? AND owner = ? AND name = ?')

  return {
    /** Sets a value, `null` clears it. Returns the one before, `null` where there was none. */
    set(type: Owner, owner: number, name: string, value: unknown): unknown {
      const row = get.get(type, owner, name) as { value: string } | undefined
      if (value === null) remove.run(type, owner, name)
      else put.run(type, owner, name, JSON.stringify(value))
      return row ? JSON.parse(row.value) : null
    },

    all: (type: Owner, owner: number): Map<string, unknown> =>
      new Map(
        (all.all(type, owner) as { name: string; value: string }[]).map(({ name, value }) => [
          name,
          JSON.parse(value),
        ]),
      ),
  }
}
