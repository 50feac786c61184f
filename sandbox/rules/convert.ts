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

/** A value as its definition wants it, or why it cannot be had. */
export type Conversion = { value: unknown } | { reason: string }

/**
 * Converts a value to the type that its attribute is defined with. UserEngage's page: "if a custom attribute already
 * exists, we'll try to convert given data to defined type, ignoring values that cannot be converted".
 *
 * @example
 * convert('123', 'number') // { value: 123 }
 * convert('abc', 'number') // { reason: 'not a number' }
 */
export function convert(value: unknown, type: ValueType, choices: readonly string[] = []): Conversion {
  const converted = converters[type](value, choices)
  return converted === undefined ? { reason: reasons[type](choices) } : { value: converted }
}

/** A value for a field of the profile, which is a text: a number or a boolean is written as one; `null` clears. */
export const fieldText = (value: unknown): Conversion => {
  if (value === null) return { value }
  return typeof value === 'object' ? { reason: 'not a text' } : { value: String(value) }
}

type Converter = (value: unknown, choices: readonly string[]) => unknown

const toNumber: Converter = (value) => {
  // JSON may hold 1e999, which JavaScript reads as infinite.
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  const text = typeof value === 'string' ? value.trim() : ''
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : undefined
}

const toInteger: Converter = (value, choices) => {
  const number =
    typeof value === 'string' && !/^\s*[+-]?\d+\s*$/.test(value) ? undefined : toNumber(value, choices)
  return Number.isSafeInteger(number) ? number : undefined
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])
const toBoolean: Converter = (value) =>
  typeof value === 'object' ? undefined : booleans.get(String(value).trim().toLowerCase())

const isoDate = /^\d{4}-\d{2}-\d{2}/
const isoDatetime = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** The time in ISO 8601 UTC. One without a zone is taken as UTC: the sandbox cannot know the sender's. */
export function toDatetime(value: unknown): string | undefined {
  if (typeof value !== 'string' || !isoDatetime.test(value.trim())) return undefined
  const text = value.trim().replace(' ', 'T')
  const time = new Date(
    /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) || text.length === 10 ? text : `${text}Z`,
  )
  // `new Date` takes the 30th of February for the 1st of March.
  const day = new Date(text.slice(0, 10))
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
  if (!exists || Number.isNaN(time.getTime())) return undefined
  // A zone can carry the time out of the years of four digits, whose texts sort as the times do.
  const utc = time.toISOString()
  return isoDate.test(utc) ? utc : undefined
}

const converters: Record<ValueType, Converter> = {
  string: (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)),
  integer: toInteger,
  float: toNumber,
  number: toNumber,
  boolean: toBoolean,
  date: (value) => (toDatetime(value) === undefined ? undefined : isoDate.exec(String(value).trim())?.[0]),
  datetime: toDatetime,
  fixed: (value, choices) =>
    typeof value === 'object' ? undefined : choices.find((choice) => choice === String(value)),
  json: (value) => value,
}

const reasons: Record<ValueType, (choices: readonly string[]) => string> = {
  string: () => 'not a text',
  integer: () => 'not a whole number',
  float: () => 'not a number',
  number: () => 'not a number',
  boolean: () => 'not true or false',
  date: () => 'not a date such as 2026-11-24',
  datetime: () => 'not an ISO 8601 time such as 2026-11-24T12:00:00Z',
  fixed: (choices) => `not one of ${choices.join(', ')}`,
  json: () => 'not JSON',
}
