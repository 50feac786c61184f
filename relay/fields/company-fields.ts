import { isObject } from '../../protocol/json-object.ts'
import type { Json, JsonObject } from '../../protocol/message.ts'
import { groupTraits } from '../../protocol/traits/group-traits.ts'
import type { Omit } from '../delivery/result.ts'
import { withoutReserved } from './reserved.ts'
import { type Fields, textFields } from './text-fields.ts'

/** What the traits of a `group` say. */
export function companyFields(traits: JsonObject, omit: Omit): Fields {
  const { name, description, email, phone, address, employees, ...others } = groupTraits(traits)
  const { phone_numbers, ...texts } = textFields({ name, description, email, phone_numbers: phone }, omit)
  const standard = {
    ...texts,
    // REST has a list of them.
    ...(phone_numbers !== undefined && { phone_numbers: phone_numbers === null ? null : [phone_numbers] }),
    ...size(employees, omit),
    ...addressFields(address, omit),
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
  if (address === null) return { address, city: null, region: null, country: null, postal_code: null }
  if (!isObject(address)) return textFields({ address }, omit)
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
