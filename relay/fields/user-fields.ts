import { isObject } from '../../protocol/json-object.ts'
import type { JsonObject } from '../../protocol/message.ts'
import { userTraits } from '../../protocol/traits/user-traits.ts'
import type { Omit } from '../delivery/result.ts'
import { withoutReserved } from './reserved.ts'
import { type Fields, textFields } from './text-fields.ts'

const namesLength = 40
/** REST's codes (https://apidocs.user.com, "Miscellaneous"): 1 unknown, 2 male, 3 female. */
const genders: Record<string, number> = { male: 2, female: 3, '2': 2, '3': 3 }

/** What the traits of an `identify` say. `contextNames` are the attributes of the context, which no trait may set. */
export function userFields(traits: JsonObject, contextNames: Iterable<string>, omit: Omit): Fields {
  const { email, first_name, last_name, name: _, phone, gender, address, ...others } = userTraits(traits)
  if (Array.isArray(address)) omit('address', 'not an object')
  const place = address === null ? noPlace : isObject(address) ? address : {}
  const { country, region, city } = place
  const given = { email, first_name, last_name, phone_number: phone, gender, country, region, city }
  const standard: JsonObject = textFields(given, omit)
  if (typeof standard.gender === 'string')
    standard.gender = genders[standard.gender.trim().toLowerCase()] ?? 1
  for (const name of ['first_name', 'last_name']) {
    const characters = [...String(standard[name] ?? '')]
    if (characters.length <= namesLength) continue
    omit(name, `cut to ${namesLength} characters, the most that User.com takes`)
    standard[name] = characters.slice(0, namesLength).join('')
  }
  return { standard, custom: withoutReserved(others, 'user', contextNames, omit) }
}

const noPlace = { country: null, region: null, city: null }
