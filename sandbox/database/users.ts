import type { Profile } from '../api-types.ts'
import { userFields } from '../rules/user-fields.ts'
import type { UserFilter } from '../rules/user-filter.ts'
import type { Attributes } from './attributes.ts'
import type { Database } from './connection.ts'
import { filtered, filterValues } from './filtered-users.ts'

/** A row of the table of users, without fields and attributes. */
export interface UserRow {
  id: number
  /** Null where a user was created by the REST API without one. */
  custom_id: string | null
  /** The vendor's own key, as its widget keeps it in a cookie. */
  user_key: string
  status: 'visitor' | 'user'
  page_views: number
  first_seen: string
  last_seen: string | null
  created_at: string
  updated_at: string
}

interface Membership {
  id: number
  custom_id: string | null
  since: string
  /** JSON. */
  name: string | null
}

export function createUsers(db: Database, attributes: Attributes) {
  const byCustomId = db.prepare('SELECT * FROM users WHERE app = ? AND custom_id = ?')
  const byId = db.prepare('SELECT * FROM users WHERE app = ? AND id = ?')
  const byKey = db.prepare('SELECT * FROM users WHERE app = ? AND user_key = ?')
  const byField = db.prepare(
    `SELECT u.* FROM attributes a JOIN users u ON u.id = a.owner
     WHERE u.app = ?1 AND a.owner_type = 'user' AND a.name = ?2 AND a.name IN ('email', 'phone_number') AND a.value = ?3
     ORDER BY u.id`,
  )
  const rename = db.prepare('UPDATE users SET custom_id = ? WHERE id = ?')
  const setStatus = db.prepare('UPDATE users SET status = ? WHERE id = ?')
  const touch = db.prepare('UPDATE users SET updated_at = ? WHERE id = ?')
  const insert = db.prepare('INSERT INTO users (app, custom_id, first_seen) VALUES (?, ?, ?)')
  const viewed = db.prepare('UPDATE users SET page_views = page_views + 1 WHERE id = ?')
  const seen = db.prepare(
    'UPDATE users SET last_seen = ?1 WHERE id = ?2 AND (last_seen IS NULL OR last_seen < ?1)',
  )
  const list = db.prepare(
    `SELECT u.* ${filtered} ORDER BY coalesce(u.last_seen, u.first_seen) DESC, u.id DESC`,
  )
  const companiesOf = db.prepare(
    `SELECT c.id, c.custom_id, m.since, a.value AS name FROM members m JOIN companies c ON c.id = m.company
     LEFT JOIN attributes a ON a.owner_type = 'company' AND a.owner = c.id AND a.name = 'name'
     WHERE m.user = ? ORDER BY m.since, c.id`,
  )

  function toProfile(row: UserRow, values = attributes.all('user', row.id)): Profile {
    const fields = Object.fromEntries(userFields.map((name) => [name, values.get(name) ?? null]))
    const fullName = [fields.first_name, fields.last_name].filter(Boolean).join(' ')
    const companies = companiesOf.all(row.id) as Membership[]
    return Object.fromEntries([
      // Custom attributes come first: strangers choose their names, and the fields below must replace them.
      ...values,
      ['id', row.id],
      ['custom_id', row.custom_id],
      ...Object.entries({ ...fields, name: fields.name ?? (fullName || null) }),
      ['page_views', row.page_views],
      ['first_seen', row.first_seen],
      ['last_seen', row.last_seen],
      [
        'companies',
        companies.map(({ id, custom_id, since, name }) => ({
          id,
          custom_id,
          name: name && JSON.parse(name),
          member_since: since,
        })),
      ],
    ]) as Profile
  }

  const find = (app: string, customId: string): UserRow | undefined =>
    byCustomId.get(app, customId) as UserRow | undefined

  return {
    find,
    byId: (app: string, id: number): UserRow | undefined => byId.get(app, id) as UserRow | undefined,
    byKey: (app: string, key: string): UserRow | undefined => byKey.get(app, key) as UserRow | undefined,
    /** Those whose field has this value to the letter, the oldest first. */
    byField: (app: string, name: 'email' | 'phone_number', value: string): UserRow[] =>
      byField.all(app, name, JSON.stringify(value)) as UserRow[],
    toProfile,
    profile(app: string, customId: string): Profile | undefined {
      const row = find(app, customId)
      return row && toProfile(row)
    },

    create(app: string, customId: string | null, firstSeen: string): UserRow {
      const { lastInsertRowid } = insert.run(app, customId, firstSeen)
      return byId.get(app, Number(lastInsertRowid)) as UserRow
    },
    rename: (id: number, customId: string | null) => void rename.run(customId, id),
    setStatus: (id: number, status: UserRow['status']) => void setStatus.run(status, id),
    /** Writes down when a user was changed last. */
    touch: (id: number, at: string) => void touch.run(at, id),

    /** Counts a page view. */
    countView: (id: number) => void viewed.run(id),

    /** Moves `last_seen` forward. Returns `false` if it stays because `timestamp` is not newer. */
    moveLastSeen: (id: number, timestamp: string): boolean => seen.run(timestamp, id).changes > 0,

    /** The users that match the filter, the most recently seen first. */
    list(app: string, filter: UserFilter): Profile[] {
      const rows = list.all(...filterValues(app, filter)) as UserRow[]
      const values = attributes.ofUsers(rows.map(({ id }) => id))
      return rows.map((row) => toProfile(row, values.get(row.id) ?? new Map()))
    },
  }
}
