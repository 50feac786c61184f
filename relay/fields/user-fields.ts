import { isObject } from '../../protocol/json-object.ts'
import type { Json, JsonObject } from '../../protocol/message.ts'
import { userTraits } from '../../protocol/traits/user-traits.ts'
import { fieldText } from '../../protocol/values/convert.ts'
import type { Omit } from './omitted.ts'
import { withoutReserved } from './reserved.ts'

/** What the traits of an `identify` say: values for fields of REST's user, and the customer's own attributes. */
export interface UserFields {
  standard: JsonObject
  custom: JsonObject
}

const namesLength = 40
/** REST's codes (https://apidocs.user.com, "Miscellaneous"): 1 unknown, 2 male, 3 female. */
const genders: Record<string, number> = { male: 2, female: 3, '2': 2, '3': 3 }

export function userFields(traits: JsonObject, attributeNames: Iterable<string>, omit: Omit): UserFields {
  const { email, first_name, last_name, name: _, phone, gender, address, ...others } = userTraits(traits)
  const place = isObject(address) ? address : {}
  const given: Record<string, Json | undefined> = {
    email,
    first_name,
    last_name,
    phone_number: phone,
    gender,
    ...(address === null
      ? { country: null, region: null, city: null }
      : { country: place.country, region: place.region, city: place.city }),
  }
  if (Array.isArray(address)) omit('address', 'not an object')

  const standard: JsonObject = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const held = fieldText(value)
    if ('value' in held) standard[name] = fitted(name, held.value as string | null, omit)
    else omit(name, held.reason)
  }
  return { standard, custom: withoutReserved(others, 'user', attributeNames, omit) }
}

function fitted(name: string, value: string | null, omit: Omit): Json {
  if (value === null) return null
  if (name === 'gender') return genders[value.trim().toLowerCase()] ?? 1
  if (name !== 'first_name' && name !== 'last_name') return value
  const characters = [...value]
  if (characters.length <= namesLength) return value
  omit(name, `cut to ${namesLength} characters, the most that User.com takes`)
  return characters.slice(0, namesLength).join('')
}
