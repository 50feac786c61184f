import { toProfile } from '../../lib/mapping/profile.ts'
import type { JsonObject, Message } from '../../lib/message.ts'

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

/** What the traits of an `identify` say: values for fields of the profile, and the customer's own attributes. */
export function splitTraits(traits: JsonObject): {
  fields: Map<string, unknown>
  custom: Map<string, unknown>
} {
  const fields = new Map<string, unknown>()
  const custom = new Map<string, unknown>()
  for (const [name, value] of Object.entries(traits)) {
    const field = Object.hasOwn(traitFields, name) ? traitFields[name] : undefined
    if (field) fields.set(field, field === 'gender' ? gender(value) : value)
    else if (name === 'address') for (const [part, said] of address(value)) fields.set(part, said)
    else custom.set(name, value)
  }
  return { fields, custom }
}

/** What the context of a message says; the IP address is the connection's unless the site set one. */
export const contextOf = (message: Message, connectionIp: string): Map<string, unknown> =>
  new Map(
    Object.entries({ ip_address: connectionIp, ...toProfile(message) }).filter(([, value]) => value !== ''),
  )

function gender(value: unknown): unknown {
  if (value === null) return null
  const said = String(value).toLowerCase()
  return said === 'male' || said === 'female' ? said : 'unknown'
}

/** Of an address only country, region and city are kept; `null` clears them. */
function address(value: unknown): [string, unknown][] {
  if (value === null) return addressParts.map((part) => [part, null])
  if (typeof value !== 'object' || Array.isArray(value)) return []
  return Object.entries(value as JsonObject).filter(([part]) => addressParts.includes(part as 'city'))
}
