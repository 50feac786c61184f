import { isObject } from '../../protocol/json-object.ts'
import type { CompanyRow } from '../database/companies.ts'
import type { Call } from './call.ts'
import { companyNames } from './company-form.ts'
import { customAnswer } from './custom-answer.ts'
import { oldNames, withOldNames } from './names.ts'

/** A company as the REST API shows it: `employees` are the ids of its people, and their number is `size`. */
export function companyAnswer(call: Call, { id }: Pick<CompanyRow, 'id'>): object {
  const { store, app } = call
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
  return {
    ...customAnswer(call, 'company', custom),
    ...(call.version === 2 ? standard : withOldNames(standard, oldNames.company)),
  }
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
