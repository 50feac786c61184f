import type { JsonObject } from '../../protocol/message.ts'
import { fieldText } from '../../protocol/values/convert.ts'
import type { Field } from './field.ts'

export const addressParts = ['country', 'region', 'city'] as const

/**
 * "Address is mapped to country, region and city fields if possible." `null` clears all three. Segment's own address
 * has a `state` and no `region` (https://segment.com/docs/connections/spec/identify/), so `state` fills the region
 * unless the address has a `region` as well.
 */
export function addressFields(given: unknown): Field[] {
  if (given === null) return addressParts.map((name) => ({ name, given, conversion: { value: null } }))
  if (typeof given !== 'object' || Array.isArray(given)) {
    return [{ name: 'address', given, conversion: { reason: 'not an object with country, region or city' } }]
  }
  return Object.entries(given as JsonObject).map(([part, value]) => {
    const name = part === 'state' && !Object.hasOwn(given, 'region') ? 'region' : part
    return isAddressPart(name)
      ? { name, given: value, conversion: fieldText(value) }
      : { name: `address.${part}`, given: value, conversion: { reason: notKept } }
  })
}

const isAddressPart = (name: string): boolean => (addressParts as readonly string[]).includes(name)
const notKept = 'of an address only country, region and city are kept'
