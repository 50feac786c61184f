import * as v from 'valibot'
import { lengthOf } from '../rules/vendor-limits.ts'
import type { FieldErrors } from './call.ts'

/** A UNIX timestamp has no more: this is the end of the year 9999. */
const lastSecond = 253_402_300_799

/** A null byte or half a surrogate pair is no text that a database of the vendor's could hold. */
export const isText = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text)
export const notText = 'Null characters and lone surrogates are not allowed.'

/** A text of at most so many characters. */
export const strictText = (longest = 255) =>
  v.pipe(
    v.string('Not a valid string.'),
    v.check(isText, notText),
    v.check(
      (given) => lengthOf(given) <= longest,
      `Ensure this field has no more than ${longest} characters.`,
    ),
  )

/** The same; a number is written as one. */
export const text = (longest = 255) =>
  v.pipe(
    v.unknown(),
    v.transform((given) => (typeof given === 'number' ? String(given) : given)),
    strictText(longest),
  )

/** An id of the customer's; an empty one is none. */
export const customId = v.pipe(
  v.nullish(text()),
  v.transform((given) => given || undefined),
)

export const integer = v.pipe(
  v.union(
    [v.number(), v.pipe(v.string(), v.regex(/^[+-]?\d+$/), v.transform(Number))],
    'A valid integer is required.',
  ),
  v.safeInteger('A valid integer is required.'),
)

export const flag = v.boolean('Must be true or false.')

/** A number that stands for a word. */
export const code = (words: Record<string, string>) =>
  v.pipe(
    v.union([v.number(), v.string()], ({ input }) => notChoice(input)),
    v.check(
      (given) => Object.hasOwn(words, given),
      ({ input }) => notChoice(input),
    ),
    v.transform((given) => words[given] as string),
  )
const notChoice = (given: unknown): string => `${JSON.stringify(given)} is not a valid choice.`

export const names = v.array(text(), 'Expected a list of names.')

export const object = v.custom<Record<string, unknown>>(
  (given) => typeof given === 'object' && given !== null && !Array.isArray(given),
  'Expected an object.',
)

/** UNIX seconds to ISO 8601. */
export const unixTime = v.pipe(
  v.union(
    [v.number(), v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/), v.transform(Number))],
    'Expected UNIX seconds.',
  ),
  v.check((seconds) => seconds >= 0 && seconds <= lastSecond, 'Expected UNIX seconds.'),
  v.transform((seconds) => new Date(seconds * 1000).toISOString()),
)

/** The errors of a form, by field. */
export const errorsOf = (issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): FieldErrors => {
  const errors = new Map<string, string[]>()
  for (const { path, message } of issues) {
    const field = String(path?.[0]?.key ?? 'detail')
    errors.set(field, [...(errors.get(field) ?? []), message])
  }
  return Object.fromEntries(errors)
}

/** Required fields say so as the vendor's framework does. */
export const required = 'This field is required.'
