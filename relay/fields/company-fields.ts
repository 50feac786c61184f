import { isObject } from '../../protocol/json-object.ts'
import type { Json, JsonObject } from '../../protocol/message.ts'
import { groupTraits } from '../../protocol/traits/group-traits.ts'
import { fieldText } from '../../protocol/values/convert.ts'
import type { Omit } from './omitted.ts'
import { withoutReserved } from './reserved.ts'
import type { UserFields } from './user-fields.ts'

/** What the traits of a `group` say: values for fields of REST's company, and the customer's own attributes. */
export function companyFields(traits: JsonObject, omit: Omit): UserFields {
  const { name, description, email, phone, address, employees, ...others } = groupTraits(traits)
  const standard: JsonObject = { ...size(employees, omit), ...addressFields(address, omit) }
  for (const [field, value] of Object.entries({ name, description, email, phone_numbers: phone })) {
    if (value === undefined) continue
    const held = fieldText(value)
    if (!('value' in held)) omit(field, held.reason)
    else
      standard[field] =
        field === 'phone_numbers' && held.value !== null ? [held.value as Json] : (held.value as Json)
  }
  return { standard, custom: withoutReserved(others, 'company', [], omit) }
}

/** Segment's head-count is REST's `size`; REST's `employees` are people. */
function size(employees: Json | undefined, omit: Omit): JsonObject {
  if (employees === undefined) return {}
  const count =
    typeof employees === 'string' && /^\d+$/.test(employees.trim()) ? Number(employees) : employees
  if (count === null || (Number.isSafeInteger(count) && (count as number) >= 0)) return { size: count }
  omit('employees', 'not a whole number')
  return {}
}

/** REST has one line of text, and its parts beside it. */
function addressFields(address: Json | undefined, omit: Omit): JsonObject {
  if (address === undefined) return {}
  if (address === null) return { address, city: null, region: null, country: null, postal_code: null }
  if (!isObject(address)) {
    const held = fieldText(address)
    if ('value' in held) return { address: held.value as Json }
    omit('address', held.reason)
    return {}
  }
  const part = (...names: string[]): string => {
    const value = names
      .map((name) => address[name])
      .find((given) => typeof given === 'string' || typeof given === 'number')
    return value === undefined ? '' : String(value)
  }
  const [street, city, region] = [part('street'), part('city'), part('region', 'state')]
  const [country, postalCode] = [part('country'), part('postalCode', 'postal_code', 'zip')]
  const line = [street, `${postalCode} ${city}`.trim(), region, country].filter(Boolean).join(', ')
  const parts = { address: line, city, region, country, postal_code: postalCode }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ''))
}
