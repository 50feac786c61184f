import type { Company } from '../api-types.ts'
import { companyFields } from '../rules/company-fields.ts'
import type { Attributes } from './attributes.ts'
import type { Database } from './connection.ts'

export interface CompanyRow {
  id: number
  /** Null where a company was created by the REST API without one. */
  custom_id: string | null
  created_at: string
  updated_at: string
}

interface Member {
  id: number
  custom_id: string | null
}

export function createCompanies(db: Database, attributes: Attributes) {
  const byCustomId = db.prepare('SELECT * FROM companies WHERE app = ? AND custom_id = ?')
  const all = db.prepare('SELECT * FROM companies WHERE app = ? ORDER BY id')
  const byId = db.prepare('SELECT * FROM companies WHERE app = ? AND id = ?')
  const rename = db.prepare('UPDATE companies SET custom_id = ? WHERE id = ?')
  const touch = db.prepare('UPDATE companies SET updated_at = ? WHERE id = ?')
  const leave = db.prepare('DELETE FROM members WHERE company = ? AND user = ?')
  const forget = [
    'DELETE FROM members WHERE company = ?',
    "DELETE FROM attributes WHERE owner_type = 'company' AND owner = ?",
    "DELETE FROM tagged WHERE owner_type = 'company' AND owner = ?",
    'DELETE FROM companies WHERE id = ?',
  ].map((sql) => db.prepare(sql))
  const insert = db.prepare('INSERT INTO companies (app, custom_id) VALUES (?, ?)')
  const join = db.prepare('INSERT OR IGNORE INTO members (company, user, since) VALUES (?, ?, ?)')
  const membersOf = db.prepare(
    'SELECT u.id, u.custom_id FROM members m JOIN users u ON u.id = m.user WHERE m.company = ? ORDER BY m.since, u.id',
  )

  const find = (app: string, customId: string): CompanyRow | undefined =>
    byCustomId.get(app, customId) as CompanyRow | undefined
  const members = (company: number): Member[] => membersOf.all(company) as Member[]

  function toCompany(row: CompanyRow): Company {
    const values = attributes.all('company', row.id)
    return Object.fromEntries([
      ...values,
      ['id', row.id],
      ['custom_id', row.custom_id],
      ...companyFields.map((name) => [name, values.get(name) ?? null]),
      ['members', members(row.id)],
    ]) as Company
  }

  return {
    find,
    byId: (app: string, id: number): CompanyRow | undefined => byId.get(app, id) as CompanyRow | undefined,
    create(app: string, customId: string | null): CompanyRow {
      const { lastInsertRowid } = insert.run(app, customId)
      return byId.get(app, Number(lastInsertRowid)) as CompanyRow
    },
    rename: (id: number, customId: string | null) => void rename.run(customId, id),
    /** Notes the time of the last change. */
    touch: (id: number, at: string) => void touch.run(at, id),
    /** Forgets a company with all that is known of it; its members stay. */
    remove(id: number): void {
      for (const statement of forget) statement.run(id)
    },
    members,
    toCompany,
    /** Makes a user a member. Returns `false` if the user was one already. */
    join: (company: number, user: number, since: string): boolean =>
      join.run(company, user, since).changes > 0,
    /** `true` where the user was a member. */
    leave: (company: number, user: number): boolean => leave.run(company, user).changes > 0,
    company(app: string, customId: string): Company | undefined {
      const row = find(app, customId)
      return row && toCompany(row)
    },
    list: (app: string): Company[] => (all.all(app) as CompanyRow[]).map(toCompany),
  }
}
