import type { CompanyRow } from '../database/companies.ts'
import { addressed } from './addressed.ts'
import { type Answer, type Call, created, invalid, ok, type Routes, refused, taken } from './call.ts'
import { companyAnswer } from './company-answer.ts'
import { readCompany } from './company-form.ts'
import { page } from './paging.ts'
import { type RecordForm, writeRecord } from './record-writes.ts'

export const companies = addressed('company', 'companies', ({ companies }) => companies)

function create(call: Call): Answer {
  const form = readCompany(call)
  if ('errors' in form) return invalid(form.errors)
  if (!form.fields.some(([name, value]) => name === 'name' && value)) {
    return invalid({ name: ['This field is required.'] })
  }
  if (companies.withCustomId(call, form.customId)) return taken(call, 'A company')
  const company = call.store.companies.create(call.app.id, form.customId ?? null)
  call.changes.push({ kind: 'company', custom_id: company.custom_id, created: true })
  write(call, company, form)
  return created(companyAnswer(call, company))
}

const update = companies.withRecord((call, company) => {
  const form = readCompany(call)
  if ('errors' in form) return invalid(form.errors)
  if ((companies.withCustomId(call, form.customId) ?? company).id !== company.id)
    return taken(call, 'A company')
  call.changes.push({ kind: 'company', custom_id: company.custom_id, created: false })
  write(call, company, form)
  return ok(companyAnswer(call, company))
})

const remove = companies.withRecord(({ store, switches, changes }, company) => {
  if (switches.deleteCompany === 'off') return refused(405, 'Method "DELETE" not allowed.')
  store.companies.remove(company.id)
  changes.push({ kind: 'company_deleted', custom_id: company.custom_id })
  return { status: 204 }
})

function write(call: Call, company: CompanyRow, form: RecordForm): void {
  const { store, receivedAt, changes } = call
  const { custom_id: before } = company
  const { customId: after = before } = form
  if (after !== before) {
    store.companies.rename(company.id, after)
    changes.push({ kind: 'attribute', of: 'company', name: 'custom_id', before, after })
  }
  writeRecord(call, { of: 'company', id: company.id }, form)
  store.companies.touch(company.id, receivedAt)
}

export const companyRoutes: Routes = {
  '/companies/': {
    GET: (call) =>
      page(call, call.store.rest.lists.companies, call.app.id, (company) => companyAnswer(call, company)),
    POST: create,
  },
  ...companies.routes('', {
    GET: companies.withRecord((call, company) => ok(companyAnswer(call, company))),
    PUT: update,
    DELETE: remove,
  }),
}
