import type { Part, Person } from '../api-types.ts'
import type { UserFilter } from '../rules/user-filter.ts'
import type { Database } from './connection.ts'
import { attributeText, filtered, filterValues, fullName } from './filtered-users.ts'

/** A search of a list: the text that an item must contain anywhere, and the most items to return. */
export interface Search {
  text: string
  limit: number
}

const searched = `${filtered}
  AND (?9 IS NULL OR u.custom_id LIKE ?10 ESCAPE '\\' OR EXISTS (
    SELECT 1 FROM attributes WHERE owner_type = 'user' AND owner = u.id AND value LIKE ?9 ESCAPE '\\'))`

/** The inspector's list of profiles, filtered, searched and cut to a limit. */
export function createPeople(db: Database) {
  const total = db.prepare('SELECT count(*) AS count FROM users WHERE app = ?')
  const found = db.prepare(`SELECT count(*) AS count ${searched}`)
  const list = db.prepare(
    `SELECT u.id, u.custom_id, u.user_key, u.page_views, u.last_seen, ${attributeText('email')} AS email, ${fullName} AS name ${searched}
     ORDER BY coalesce(u.last_seen, u.first_seen) DESC, u.id DESC LIMIT ?11`,
  )
  const countOf = (row: unknown): number => (row as { count: number }).count

  return (app: string, filter: UserFilter, search: Search): Part<Person> => {
    const given = [...filterValues(app, filter), ...likesOf(search.text)]
    const isWhole = !filter.event && !filter.attribute && search.text === ''
    const all = countOf(total.get(app))
    return {
      total: all,
      found: isWhole ? all : countOf(found.get(...given)),
      items: list.all(...given, search.limit) as Person[],
    }
  }
}

/** LIKE patterns for JSON and for plain texts that contain `text`; null for an empty text. */
export function likesOf(text: string): [json: string | null, plain: string | null] {
  if (text === '') return [null, null]
  return [like(JSON.stringify(text).slice(1, -1)), like(text)]
}

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
