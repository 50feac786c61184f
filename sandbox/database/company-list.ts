import type { CompanyLine, Member, Part } from '../api-types.ts'
import type { Database } from './connection.ts'
import { likesOf, type Search } from './people.ts'

/**
 * SQL for an attribute of the company `c`, as text. A value with more than 1,000 levels stays JSON: SQLite cannot read it
 * (https://www.sqlite.org/json1.html).
 */
const attributeText = (name: string): string =>
  `(SELECT iif(json_valid(value), value ->> '$', value) FROM attributes WHERE owner_type = 'company' AND owner = c.id AND name = '${name}')`
const searched = `FROM companies c WHERE c.app = ?1 AND (?2 IS NULL OR c.custom_id LIKE ?3 ESCAPE '\\' OR EXISTS (
  SELECT 1 FROM attributes WHERE owner_type = 'company' AND owner = c.id AND value LIKE ?2 ESCAPE '\\'))`

/** The inspector's list of companies, and their members. */
export function createCompanyList(db: Database) {
  const count = db.prepare(`SELECT count(*) AS count ${searched}`)
  const list = db.prepare(
    `SELECT c.id, c.custom_id, ${attributeText('name')} AS name, ${attributeText('employees')} AS employees,
       (SELECT count(*) FROM members WHERE company = c.id) AS members
     ${searched} ORDER BY c.id DESC LIMIT ?4`,
  )
  const members = db.prepare(
    `SELECT u.custom_id, u.user_key, m.since FROM members m JOIN users u ON u.id = m.user
     WHERE m.company = ? ORDER BY m.since DESC, u.id DESC LIMIT ?`,
  )
  const membersOf = db.prepare('SELECT count(*) AS count FROM members WHERE company = ?')
  const countOf = (row: unknown): number => (row as { count: number }).count

  return {
    list(app: string, { text, limit }: Search): Part<CompanyLine> {
      const likes = likesOf(text)
      const total = countOf(count.get(app, null, null))
      return {
        total,
        found: text === '' ? total : countOf(count.get(app, ...likes)),
        items: list.all(app, ...likes, limit) as CompanyLine[],
      }
    },
    /** The newest members first. */
    members: (company: number, limit: number): Part<Member> => {
      const total = countOf(membersOf.get(company))
      return { total, found: total, items: members.all(company, limit) as Member[] }
    },
  }
}
