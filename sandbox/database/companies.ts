import type { Company } from '../api-types.ts'
import { companyFields } from '../rules/company-fields.ts'
import type { Attributes } from './attributes.ts'
import type { Database } from './connection.ts'

interface Row {
  id: number
  custom_id: string
}

export type Companies = ReturnType<typeof createCompanies>

export function createCompanies(db: Database, attributes: Attributes) {
  const byCustomId = db.prepare('SELECT id, custom_id FROM companies WHERE app = ? AND custom_id = ?')
  const all = db.prepare('SELECT id, custom_id FROM companies WHERE app = ? ORDER BY id')
  const insert = db.prepare('INSERT INTO companies (app, custom_id) VALUES (?, ?)')
  const join = db.prepare('INSERT OR IGNORE INTO members (company, user, since) VALUES (?, ?, ?)')
  const membersOf = db.prepare(
    'SELECT u.id, u.custom_id FROM members m JOIN users u ON u.id = m.user WHERE m.company = ? ORDER BY m.since, u.id',
  )

  const find = (app: string, customId: string): Row | undefined =>
    byCustomId.get(app, customId) as Row | undefined

  function toCompany(row: Row): Company {
    const values = attributes.all('company', row.id)
    return Object.fromEntries([
      ...values,
      ['id', row.id],
      ['custom_id', row.custom_id],
      ...companyFields.map((name) => [name, values.get(name) ?? null]),
      ['members', membersOf.all(row.id)],
    ]) as Company
  }

  return {
    find,
    create(app: string, customId: string): Row {
      insert.run(app, customId)
      return find(app, customId) as Row
    },
    /** Makes a user a member. Returns `false` if the user was one already. */
    join: (company: number, user: number, since: string): boolean =>
      join.run(company, user, since).changes > 0,
    company(app: string, customId: string): Company | undefined {
      const row = find(app, customId)
      return row && toCompany(row)
    },
    list: (app: string): Company[] => (all.all(app) as Row[]).map(toCompany),
  }
}
