import type { Conversion } from './conversion.ts'
import { toInteger, toNumber } from './number.ts'
import { toDate, toDatetime } from './time.ts'

/** The types that an attribute may be defined with; `number` is the word of the vendor's page: integer or float. */
export const valueTypes = [
  'string',
  'integer',
  'float',
  'number',
  'boolean',
  'date',
  'datetime',
  'fixed',
  'json',
] as const
export type ValueType = (typeof valueTypes)[number]

/**
 * Converts a value to the type that its attribute is defined with. UserEngage's page: "if a custom attribute already
 * exists, we'll try to convert given data to defined type, ignoring values that cannot be converted". Which values
 * can, it shows by one example ('123' to 123), so this is strict: a site that relies on a guess of the sandbox would lose
 * the value at UserEngage. `null` clears an attribute of any type.
 *
 * @example
 * convert('123', 'number') // { value: 123 }
 * convert('abc', 'number') // { reason: 'not a number' }
 */
export function convert(value: unknown, type: ValueType, choices: readonly string[] = []): Conversion {
  return value === null ? { value } : converters[type](value, choices)
}

/** A value for a field of the profile, which is a text: a number or a boolean is written as one; `null` clears. */
export function fieldText(value: unknown): Conversion {
  if (value === null) return { value }
  return typeof value === 'object' ? { reason: 'not a text' } : toText(value)
}

/** Any value that JSON has. */
export function asGiven(value: unknown): Conversion {
  return isTooLarge(value) ? tooLarge : { value }
}

/** A text, as the page's `999` that becomes `'999'`; objects and arrays are written as JSON. */
function toText(value: unknown): Conversion {
  if (isTooLarge(value)) return tooLarge
  return { value: typeof value === 'object' ? JSON.stringify(value) : String(value) }
}

/** The words that JSON and most languages have, in any case, and the digits that databases keep. Not "yes" or "on". */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

function toBoolean(value: unknown): Conversion {
  const converted = typeof value === 'object' ? undefined : booleans.get(String(value).trim().toLowerCase())
  return converted === undefined ? { reason: 'not true or false' } : { value: converted }
}

/** A choice is a name that somebody defined: to the letter, or it is another. */
function toChoice(value: unknown, choices: readonly string[]): Conversion {
  const chosen = typeof value === 'object' ? undefined : choices.find((choice) => choice === String(value))
  return chosen === undefined ? { reason: `not one of ${choices.join(', ')}` } : { value: chosen }
}

/** JSON may contain 1e999, which JavaScript reads as infinite: not the number that was sent. */
const isTooLarge = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value)
const tooLarge = { reason: 'a number too large to be kept' }

const converters: Record<ValueType, (value: unknown, choices: readonly string[]) => Conversion> = {
  string: toText,
  integer: toInteger,
  float: toNumber,
  number: toNumber,
  boolean: toBoolean,
  date: toDate,
  datetime: toDatetime,
  fixed: toChoice,
  json: asGiven,
}
