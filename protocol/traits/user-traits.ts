import type { Json, JsonObject } from '../message.ts'
import { gatherAddress } from './address.ts'
import { fieldNames, renameFields } from './field-names.ts'

const userFields = fieldNames({
  email: [],
  first_name: [],
  last_name: [],
  phone: ['phoneNumber'],
  gender: [],
  name: [],
  address: [],
  city: [],
  country: [],
  region: [],
  state: [],
})

/**
 * The traits of `identify` under the names that UserEngage maps: email, first_name, last_name, phone, gender, address.
 * Every other trait is the customer's own attribute and keeps its name. Makes no other guess.
 *
 * @example
 * userTraits({ firstName: 'Ada', Gender: 'F', City: 'Warsaw', plan: 'pro' })
 * // { first_name: 'Ada', gender: 'female', plan: 'pro', address: { city: 'Warsaw' } }
 */
export function userTraits(traits: JsonObject): JsonObject {
  const named = withSplitName(renameFields(traits, userFields))
  if (named.gender !== undefined) named.gender = gender(named.gender)
  return gatherAddress(named)
}

/** `name` fills whichever of first and last name is absent, split at the first space. */
function withSplitName(traits: JsonObject): JsonObject {
  if (typeof traits.name !== 'string') return traits
  const [first = '', ...words] = traits.name.trim().split(' ')
  const last = words.join(' ').trim()
  return { ...(first && { first_name: first }), ...(last && { last_name: last }), ...traits }
}

function gender(given: Json): Json {
  if (typeof given !== 'string') return given
  if (/^m(ale)?$/i.test(given)) return 'male'
  if (/^f(emale)?$/i.test(given)) return 'female'
  return given
}
