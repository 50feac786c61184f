import { toProfile } from '../../lib/mapping/profile.ts'
import type { JsonObject, Message } from '../../lib/message.ts'
import { type Conversion, fieldText } from './convert.ts'

/** Traits of `identify` that fill a field of the profile, by UserEngage's page; `phone` has another name there. */
const traitFields: Record<string, string> = {
  email: 'email',
  first_name: 'first_name',
  last_name: 'last_name',
  name: 'name',
  phone: 'phone_number',
  gender: 'gender',
}
const addressParts = ['country', 'region', 'city'] as const

export const contextFields = [
  'user_agent',
  'os',
  'device_name',
  'device_type',
  'language',
  'resolution',
  'ip_address',
  'browser_family',
  'browser_version',
  'timezone',
  'current_url',
] as const

/** The fields that every profile has, in the order in which they are shown; without a value they are null. */
export const userFields = [
  'email',
  'first_name',
  'last_name',
  'name',
  'phone_number',
  'gender',
  ...addressParts,
  ...contextFields,
] as const

/** Names that a custom attribute of a user cannot have: they are fields of the profile already. */
export const reservedForUsers: ReadonlySet<string> = new Set([
  ...userFields,
  ...['id', 'custom_id', 'page_views', 'first_seen', 'last_seen', 'companies'],
])

/** What a message says of a field of the profile, and what of it can be kept. */
export interface Field {
  name: string
  given: unknown
  held: Conversion
}

/** What the traits of an `identify` say: values for fields of the profile, and the customer's own attributes. */
export function splitTraits(traits: JsonObject): {
  fields: Field[]
  custom: [name: string, given: unknown][]
} {
  const fields: Field[] = []
  const custom: [string, unknown][] = []
  for (const [name, given] of Object.entries(traits)) {
    const field = Object.hasOwn(traitFields, name) ? traitFields[name] : undefined
    if (field)
      fields.push({ name: field, given, held: field === 'gender' ? gender(given) : fieldText(given) })
    else if (name === 'address') fields.push(...address(given))
    else custom.push([name, given])
  }
  return { fields, custom }
}

/** What the context of a message says; the IP address is the connection's unless the site set one. */
export const contextOf = (message: Message, connectionIp: string): Map<string, unknown> =>
  new Map(
    Object.entries({ ip_address: connectionIp, ...toProfile(message) }).filter(([, value]) => value !== ''),
  )

function gender(value: unknown): Conversion {
  const said = fieldText(value)
  if (!('value' in said) || said.value === null) return said
  const word = String(said.value).toLowerCase()
  return { value: word === 'male' || word === 'female' ? word : 'unknown' }
}

/** Of an address only country, region and city are kept; `null` clears them. */
function address(given: unknown): Field[] {
  if (given === null) return addressParts.map((name) => ({ name, given, held: { value: null } }))
  if (typeof given !== 'object' || Array.isArray(given)) {
    return [{ name: 'address', given, held: { reason: 'not an object with country, region or city' } }]
  }
  return Object.entries(given as JsonObject)
    .filter(([name]) => addressParts.includes(name as 'city'))
    .map(([name, part]) => ({ name, given: part, held: fieldText(part) }))
}
