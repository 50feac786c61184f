import type { UserFilter } from '../rules/user-filter.ts'
import type { Value } from './connection.ts'

/** SQL for an attribute of the user `u`, as text; null without a value. */
export const attributeText = (name: string): string =>
  `(SELECT value ->> '$' FROM attributes WHERE owner_type = 'user' AND owner = u.id AND name = '${name}')`
/** SQL for the full name: the name itself, or else first and last name. */
export const fullName = `coalesce(${attributeText('name')},
  nullif(trim(coalesce(${attributeText('first_name')}, '') || ' ' || coalesce(${attributeText('last_name')}, '')), ''))`
/** Values of a profile that are columns, not attributes. They are compared as text. */
const columns = ['id', 'custom_id', 'page_views', 'first_seen', 'last_seen']

/** SQL for the users `u` that match a filter. Its parameters 1 to 8 are the `filterValues`. */
export const filtered = `FROM users u WHERE u.app = ?1
  AND (?2 IS NULL OR (SELECT count(*) FROM events WHERE user = u.id AND name = ?2 AND timestamp >= ?3) >= ?4)
  AND (?5 IS NULL OR CASE ?5
    ${columns.map((name) => `WHEN '${name}' THEN CAST(u.${name} AS TEXT) = ?8`).join(' ')}
    WHEN 'name' THEN ${fullName} = ?8
    ELSE EXISTS (SELECT 1 FROM attributes WHERE owner_type = 'user' AND owner = u.id AND name = ?5 AND value IN (?6, ?7)) END)`

export function filterValues(app: string, { event, min, since, attribute, value = '' }: UserFilter): Value[] {
  return [app, event ?? null, since, min, attribute ?? null, ...jsonOf(value), value]
}

/** The JSON of every value that is written as `text`: of the text itself, and of a number or boolean. */
function jsonOf(text: string): [string, string] {
  const asText = JSON.stringify(text)
  return [asText, text.startsWith('"') ? asText : text]
}
