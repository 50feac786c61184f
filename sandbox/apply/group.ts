import type { GroupMessage } from '../../protocol/message.ts'
import { companyField, isCompanyField, reservedForCompanies } from '../rules/company-fields.ts'
import { recordPersonas, type Visit } from './visit.ts'

/** "Create or update a company profile and associate a user with it." Custom traits follow the same logic as identify's. */
export function group(visit: Visit, { groupId, traits = {}, context = {} }: GroupMessage): void {
  const { store, app, user, timestamp, attributes, changes } = visit
  const customId = String(groupId)
  const known = store.companies.find(app, customId)
  const { id } = known ?? store.companies.create(app, customId)
  changes.push({ kind: 'company', custom_id: customId, created: !known })
  recordPersonas(visit, context, traits)
  const company = { of: 'company', id } as const
  for (const [name, value] of Object.entries(traits)) {
    if (isCompanyField(name)) attributes.setField(company, companyField(name, value))
    else attributes.setCustom(company, name, value, reservedForCompanies)
  }
  if (store.companies.join(id, user.id, timestamp)) {
    changes.push({ kind: 'member', company: customId, user: user.custom_id })
  }
}
