import { isObject } from '../../protocol/json-object.ts'
import type { CompanyRow } from '../database/companies.ts'
import { nameStd } from '../rules/name-std.ts'
import type { Call } from './call.ts'
import { companyNames } from './company-form.ts'
import { oldNames, withOldNames } from './names.ts'
import { flat } from './user-answer.ts'

/** A company as the REST API shows it: `employees` are the ids of its people, and their number is `size`. */
export function companyAnswer({ store, app, version }: Call, { id }: Pick<CompanyRow, 'id'>): object {
  const row = store.companies.byId(app.id, id) as CompanyRow
  const values = store.attributes.all('company', id)
  const value = (field: string): unknown => values.get(field) ?? null
  const standard = {
    id,
    custom_id: row.custom_id,
    name: value('name'),
    email: value('email'),
    phone_numbers: phoneNumbers(value('phone'), value('phone_numbers')),
    address: addressText(value('address')),
    city: value('city'),
    region: value('region'),
    country: value('country'),
    postal_code: value('postal_code'),
    description: value('description'),
    category: value('category'),
    size: size(value('employees')),
    employees: store.companies.members(id).map((member) => member.id),
    assigned_to: value('assigned_to'),
    tags: store.tags.of('company', id),
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
  const custom = [...values].filter(([name]) => !companyNames.has(name))
  if (version === 2) return { ...flat(custom), ...standard }
  const attributes = custom.map(([name, value]) => {
    const definition = store.definitions.find(app.id, 'company', '', name)
    return { id: definition?.id ?? null, name, name_std: nameStd(name), value }
  })
  return { ...withOldNames(standard, oldNames.company), attributes }
}

/** A `group` message sets one phone: a list that begins with another is older. */
function phoneNumbers(phone: unknown, list: unknown): unknown {
  if (phone === null) return null
  return Array.isArray(list) && list[0] === phone ? list : [phone]
}

/** A `group` message may bring an object, which the REST API has no place for. */
const addressText = (address: unknown): unknown =>
  isObject(address) ? Object.values(address).filter(Boolean).join(', ') : address

function size(employees: unknown): number | null {
  const count = Number(employees ?? Number.NaN)
  return Number.isSafeInteger(count) ? count : null
}
