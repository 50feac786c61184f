import { fieldText } from '../../protocol/values/convert.ts'
import type { Held } from './user-fields.ts'

/**
 * Names and codes of UserEngage's public API: it answers with the names, and takes 1, 2 and 3 for them
 * (https://apidocs.user.com, "Miscellaneous"). `m` or `woman` are none of them; it is the plugin that knows those.
 */
const genders: ReadonlyMap<string, string> = new Map([
  ['unknown', 'unknown'],
  ['male', 'male'],
  ['female', 'female'],
  ['1', 'unknown'],
  ['2', 'male'],
  ['3', 'female'],
])

/** The gender that a trait tells; what is no name and no code of one is `unknown`. */
export function gender(given: unknown): Held {
  const held = fieldText(given)
  if (!('value' in held) || held.value === null) return { held }
  const known = genders.get(String(held.value).trim().toLowerCase())
  if (known) return { held: { value: known } }
  return {
    held: { value: 'unknown' },
    doubt: 'UserEngage knows male and female; any other gender is unknown',
  }
}
