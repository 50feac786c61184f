import { asGiven, fieldText } from '../../protocol/values/convert.ts'
import type { Field } from './field.ts'
import type { FieldGroups } from './field-groups.ts'

/** Traits of `group` that fill a field of the company, by UserEngage's page. */
export const companyFields = ['name', 'description', 'email', 'phone', 'address', 'employees'] as const

/** A value for a field of a company: `employees` and `address` are kept as they come, the others become texts. */
export const companyField = (name: string, given: unknown): Field => ({
  name,
  given,
  conversion: name === 'employees' || name === 'address' ? asGiven(given) : fieldText(given),
})

/** Names that a custom attribute of a company cannot have. */
export const reservedForCompanies: ReadonlySet<string> = new Set(['id', 'custom_id', 'members'])

export const isCompanyField = (name: string): boolean => (companyFields as readonly string[]).includes(name)

/** The names of a company's values, in groups. */
export function companyFieldGroups(company: object): FieldGroups {
  const standard = ['id', 'custom_id', ...companyFields]
  const known = new Set([...standard, 'members'])
  return { standard, context: [], custom: Object.keys(company).filter((name) => !known.has(name)) }
}
