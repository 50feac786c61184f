import { fieldText } from '../../protocol/values/convert.ts'
import type { ConvertedValue } from './field.ts'

/**
 * Names and codes of UserEngage's public API: it answers with the names, and accepts 1, 2 and 3 for them
 * (https://apidocs.user.com, "Miscellaneous"). `m` or `woman` are none of them: the plugin translates those.
 */
const genders: ReadonlyMap<string, string> = new Map([
  ['unknown', 'unknown'],
  ['male', 'male'],
  ['female', 'female'],
  ['1', 'unknown'],
  ['2', 'male'],
  ['3', 'female'],
])

/** The gender of a trait. A text that is neither a name nor a code of the table becomes `unknown`. */
export function convertGender(given: unknown): ConvertedValue {
  const conversion = fieldText(given)
  if (!('value' in conversion) || conversion.value === null) return { conversion }
  const gender = genders.get(String(conversion.value).trim().toLowerCase())
  if (gender) return { conversion: { value: gender } }
  return {
    conversion: { value: 'unknown' },
    doubt: 'UserEngage knows male and female; any other gender is unknown',
  }
}
