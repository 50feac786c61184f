import type { JsonObject, Message } from '../../protocol/message.ts'
import { profileFields, toProfile } from '../../protocol/profile.ts'
import { fieldText } from '../../protocol/values/convert.ts'
import { addressFields, addressParts } from './address.ts'
import type { ConvertedValue, Field } from './field.ts'
import type { FieldGroups } from './field-groups.ts'
import { convertGender } from './gender.ts'
import { doubtOf } from './vendor-limits.ts'

/** Traits of `identify` that fill a field of the profile, by UserEngage's page. `phone` fills `phone_number`. */
const traitFields: Record<string, string> = {
  email: 'email',
  first_name: 'first_name',
  last_name: 'last_name',
  name: 'name',
  phone: 'phone_number',
  gender: 'gender',
}

/** Fields of the profile that traits fill. */
const fieldsFromTraits = [
  'email',
  'first_name',
  'last_name',
  'name',
  'phone_number',
  'gender',
  ...addressParts,
] as const

/** The fields that every profile has, in the order in which the API answers with them; null without a value. */
export const userFields = [...fieldsFromTraits, ...profileFields] as const

const standardFields = [
  'id',
  'custom_id',
  ...fieldsFromTraits,
  'page_views',
  'first_seen',
  'last_seen',
] as const

/** Names that a custom attribute of a user cannot have: they are fields of the profile already. */
export const reservedForUsers: ReadonlySet<string> = new Set([
  ...standardFields,
  ...profileFields,
  'companies',
])

/** The names of a profile's values, in groups. */
export const userFieldGroups = (profile: object): FieldGroups => ({
  standard: standardFields,
  context: profileFields,
  custom: Object.keys(profile).filter((name) => !reservedForUsers.has(name)),
})

/** Splits the traits of an `identify` into values for fields of the profile and the customer's own attributes. */
export function splitTraits(traits: JsonObject): {
  fields: Field[]
  custom: [name: string, given: unknown][]
} {
  const fields: Field[] = []
  const custom: [string, unknown][] = []
  for (const [name, given] of Object.entries(traits)) {
    const field = Object.hasOwn(traitFields, name) ? traitFields[name] : undefined
    if (field) fields.push({ name: field, given, ...convertField(field, given) })
    else if (name === 'address') fields.push(...addressFields(given))
    else custom.push([name, given])
  }
  return { fields, custom }
}

/** The profile fields in the context of a message. The IP address is the connection's unless the context has one. */
export const contextFieldsOf = (message: Message, connectionIp: string): Map<string, unknown> =>
  new Map(
    Object.entries({ ip_address: connectionIp, ...toProfile(message) }).filter(([, value]) => value !== ''),
  )

function convertField(field: string, given: unknown): ConvertedValue {
  if (field === 'gender') return convertGender(given)
  const conversion = fieldText(given)
  return { conversion, doubt: 'value' in conversion ? doubtOf(field, conversion.value) : undefined }
}
