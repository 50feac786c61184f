import type { Conversion } from '../../protocol/values/conversion.ts'
import { convert } from '../../protocol/values/convert.ts'
import { nameStd } from '../rules/name-std.ts'
import { doubtOfName, lengthOf } from '../rules/vendor-limits.ts'
import type { Call, FieldErrors } from './call.ts'
import { isText, notText } from './forms.ts'

type Entry = [name: string, value: unknown]

/** Values for custom attributes, under the names by which they are defined. */
export interface CustomValues {
  values: Entry[]
  /** Those that are left out, as no attribute of the name is defined. */
  ignored: Entry[]
  errors: FieldErrors
}

const longestText = 255

/** Checks values for custom attributes; a key may be an attribute's name or its `name_std`. */
export function readCustom(
  { store, app, switches }: Call,
  type: 'clientuser' | 'company',
  given: Entry[],
  undefinedAttributes = switches.undefinedAttributes,
): CustomValues {
  const custom: CustomValues = { values: [], ignored: [], errors: Object.create(null) }
  for (const [key, value] of given) {
    const definition = find(key)
    if (!definition && undefinedAttributes === 'ignore') {
      custom.ignored.push([key, value])
      continue
    }
    const wrong = definition
      ? whyNot(value, convert(value, definition.value_type, definition.choices))
      : undefinedAttributes === 'refuse'
        ? 'There is no attribute of this name.'
        : (whyNoName(key) ?? whyNot(value, convert(value, 'string')))
    if (wrong) custom.errors[key] = [wrong]
    else custom.values.push([definition?.name ?? key, value])
  }
  return custom

  function find(key: string) {
    return (
      store.definitions.find(app.id, type, '', key) ??
      store.definitions.all(app.id).find((one) => one.content_type === type && nameStd(one.name) === key)
    )
  }

  function whyNot(value: unknown, conversion: Conversion): string | undefined {
    if (value === null) return switches.nullField === 'refuse' ? 'This field may not be null.' : undefined
    return whyNotKept(value, conversion)
  }
}

function whyNoName(name: string): string | undefined {
  if (name.trim() === '') return 'The name of an attribute may not be blank.'
  return isText(name) ? doubtOfName(name) : notText
}

function whyNotKept(given: unknown, conversion: Conversion): string | undefined {
  if ('reason' in conversion) return `${JSON.stringify(given)?.slice(0, 100)} is ${conversion.reason}.`
  const { value } = conversion
  if (typeof value !== 'string') return undefined
  if (!isText(value)) return notText
  return lengthOf(value) > longestText
    ? `Ensure this field has no more than ${longestText} characters.`
    : undefined
}
