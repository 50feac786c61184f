import type { Conversion } from './conversion.ts'

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const whole = /^[+-]?\d+$/

/** An integer or a float, by the vendor's example `'123'`. Blanks around it are a form's, and do not count. */
export function toNumber(value: unknown): Conversion {
  const number = numberOf(value, decimal)
  if (number === undefined) return { reason: 'not a number' }
  return Number.isFinite(number) ? { value: number } : { reason: 'a number too large to be kept' }
}

/**
 * A whole number. A text must be written as one: `'1e3'` and `'12.0'` are those of a float, which every language but
 * JavaScript refuses here. In JSON `1e3` and `12.0` are the numbers 1000 and 12, however they are written.
 */
export function toInteger(value: unknown): Conversion {
  const number = numberOf(value, whole)
  if (!Number.isInteger(number)) return { reason: 'not a whole number' }
  return Number.isSafeInteger(number)
    ? { value: number }
    : { reason: `beyond ${Number.MAX_SAFE_INTEGER}, where whole numbers lose their last digits` }
}

/** Neither `true` nor `''` is a number here, though JavaScript would make 1 and 0 of them. */
function numberOf(value: unknown, form: RegExp): number | undefined {
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value.trim() : ''
  return form.test(text) ? Number(text) : undefined
}
