import type { JsonObject, Message } from '../../protocol/message.ts'
import { profileFields, toProfile } from '../../protocol/profile.ts'
import type { Conversion } from '../../protocol/values/conversion.ts'
import { fieldText } from '../../protocol/values/convert.ts'
import { address, addressParts } from './address.ts'
import { gender } from './gender.ts'
import { doubtOf } from './vendor-limits.ts'

/** Traits of `identify` that fill a field of the profile, by UserEngage's page; `phone` has another name there. */
const traitFields: Record<string, string> = {
  email: 'email',
  first_name: 'first_name',
  last_name: 'last_name',
  name: 'name',
  phone: 'phone_number',
  gender: 'gender',
}

/** The fields that every profile has, in the order in which they are shown; without a value they are null. */
export const userFields = [
  'email',
  'first_name',
  'last_name',
  'name',
  'phone_number',
  'gender',
  ...addressParts,
  ...profileFields,
] as const

/** Names that a custom attribute of a user cannot have: they are fields of the profile already. */
export const reservedForUsers: ReadonlySet<string> = new Set([
  ...userFields,
  ...['id', 'custom_id', 'page_views', 'first_seen', 'last_seen', 'companies'],
])

/** What of a value can be kept, and why UserEngage itself may see that otherwise. */
export interface Held {
  held: Conversion
  doubt?: string | undefined
}

/** What a message says of a field of the profile, and what of it can be kept. */
export interface Field extends Held {
  name: string
  given: unknown
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
    if (field) fields.push({ name: field, given, ...heldBy(field, given) })
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

function heldBy(field: string, given: unknown): Held {
  if (field === 'gender') return gender(given)
  const held = fieldText(given)
  return { held, doubt: 'value' in held ? doubtOf(field, held.value) : undefined }
}
