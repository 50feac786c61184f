import { userFields } from '../rules/user-fields.ts'
import type { UserFilter } from '../rules/user-filter.ts'
import type { Attributes } from './attributes.ts'
import type { Database } from './connection.ts'

interface Row {
  id: number
  custom_id: string
  page_views: number
  first_seen: string
  last_seen: string | null
}

/** A profile, flat as the public API shows it: fields, companies and custom attributes. */
export type Profile = Row & {
  companies: { id: number; custom_id: string; name: unknown; member_since: string }[]
} & Record<string, unknown>

export type Users = ReturnType<typeof createUsers>

export function createUsers(db: Database, attributes: Attributes) {
  const byCustomId = db.prepare('SELECT * FROM users WHERE app = ? AND custom_id = ?')
  const insert = db.prepare('INSERT INTO users (app, custom_id, first_seen) VALUES (?, ?, ?)')
  const viewed = db.prepare('UPDATE users SET page_views = page_views + 1 WHERE id = ?')
  const seen = db.prepare(
    'UPDATE users SET last_seen = ?1 WHERE id = ?2 AND (last_seen IS NULL OR last_seen < ?1)',
  )
  const list = db.prepare(
    `SELECT * FROM users WHERE app = ?1 AND (?2 IS NULL OR
       (SELECT count(*) FROM events WHERE user = users.id AND name = ?2 AND timestamp >= ?3) >= ?4)
     ORDER BY coalesce(last_seen, first_seen) DESC, id DESC`,
  )
  const companiesOf = db.prepare(
    `SELECT c.id, c.custom_id, m.since FROM members m JOIN companies c ON c.id = m.company
     WHERE m.user = ? ORDER BY m.since, c.id`,
  )

  function toProfile(row: Row): Profile {
    const values = attributes.all('user', row.id)
    const fields = Object.fromEntries(userFields.map((name) => [name, values.get(name) ?? null]))
    const fullName = [fields.first_name, fields.last_name].filter(Boolean).join(' ')
    const companies = companiesOf.all(row.id) as { id: number; custom_id: string; since: string }[]
    return Object.fromEntries([
      // First what strangers name, so that nothing of it can stand in the place of what follows.
      ...values,
      ['id', row.id],
      ['custom_id', row.custom_id],
      ...Object.entries({ ...fields, name: fields.name ?? (fullName || null) }),
      ['page_views', row.page_views],
      ['first_seen', row.first_seen],
      ['last_seen', row.last_seen],
      [
        'companies',
        companies.map(({ id, custom_id, since }) => ({
          id,
          custom_id,
          name: attributes.all('company', id).get('name') ?? null,
          member_since: since,
        })),
      ],
    ]) as Profile
  }

  const find = (app: string, customId: string): Row | undefined =>
    byCustomId.get(app, customId) as Row | undefined

  return {
    find,
    profile(app: string, customId: string): Profile | undefined {
      const row = find(app, customId)
      return row && toProfile(row)
    },

    create(app: string, customId: string, firstSeen: string): Row {
      insert.run(app, customId, firstSeen)
      return find(app, customId) as Row
    },

    /** Counts a page view. */
    countView: (id: number) => void viewed.run(id),

    /** Moves `last_seen`, forward only. */
    see: (id: number, timestamp: string) => void seen.run(timestamp, id),

    list(app: string, { event, min, since, attribute, value }: UserFilter): Profile[] {
      const profiles = (list.all(app, event ?? null, since, min) as Row[]).map(toProfile)
      return attribute === undefined
        ? profiles
        : profiles.filter((profile) => asText(profile, attribute) === value)
    },
  }
}

function asText(profile: Profile, attribute: string): string | undefined {
  const held = Object.hasOwn(profile, attribute) ? profile[attribute] : null
  if (held === null) return undefined
  return typeof held === 'object' ? JSON.stringify(held) : String(held)
}
