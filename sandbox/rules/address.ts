import type { JsonObject } from '../../protocol/message.ts'
import { fieldText } from '../../protocol/values/convert.ts'
import type { Field } from './user-fields.ts'

export const addressParts = ['country', 'region', 'city'] as const

/**
 * "Address is mapped to country, region and city fields if possible." `null` clears all three. Segment's own address
 * has a `state` and no `region` (https://segment.com/docs/connections/spec/identify/), so that is the region where no
 * `region` stands beside it.
 */
export function address(given: unknown): Field[] {
  if (given === null) return addressParts.map((name) => ({ name, given, held: { value: null } }))
  if (typeof given !== 'object' || Array.isArray(given)) {
    return [{ name: 'address', given, held: { reason: 'not an object with country, region or city' } }]
  }
  return Object.entries(given as JsonObject).map(([part, value]) => {
    const name = part === 'state' && !Object.hasOwn(given, 'region') ? 'region' : part
    return isKept(name)
      ? { name, given: value, held: fieldText(value) }
      : { name: `address.${part}`, given: value, held: { reason: notKept } }
  })
}

const isKept = (part: string): boolean => (addressParts as readonly string[]).includes(part)
const notKept = 'of an address only country, region and city are kept'
