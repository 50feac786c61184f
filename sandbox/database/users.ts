import type { Profile } from '../api-types.ts'
import { userFields } from '../rules/user-fields.ts'
import type { UserFilter } from '../rules/user-filter.ts'
import type { Attributes } from './attributes.ts'
import type { Database } from './connection.ts'
import { filtered, filterValues } from './filtered-users.ts'

/** A row of the table of users, without fields and attributes. */
export interface UserRow {
  id: number
  custom_id: string
  page_views: number
  first_seen: string
  last_seen: string | null
}

interface Membership {
  id: number
  custom_id: string
  since: string
  /** JSON. */
  name: string | null
}

export function createUsers(db: Database, attributes: Attributes) {
  const byCustomId = db.prepare('SELECT * FROM users WHERE app = ? AND custom_id = ?')
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
    profile(app: string, customId: string): Profile | undefined {
      const row = find(app, customId)
      return row && toProfile(row)
    },

    create(app: string, customId: string, firstSeen: string): UserRow {
      insert.run(app, customId, firstSeen)
      return find(app, customId) as UserRow
    },

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
