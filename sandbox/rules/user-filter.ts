import * as v from 'valibot'
import type { Read } from '../../protocol/form.ts'
import { read } from './read.ts'

/** Selects users who did `event` at least `min` times since `since`, and whose `attribute` is `value` as text. */
export interface UserFilter {
  event?: string | undefined
  min: number
  /** ISO 8601; empty: at any time. */
  since: string
  attribute?: string | undefined
  value?: string | undefined
}

const aDay = 86_400_000
/** About 270 years. A much larger number would leave the range of `Date`. */
const mostDays = 100_000

/** An empty field of a form filters nothing. */
const filterSchema = v.pipe(
  v.object({
    event: v.optional(v.string()),
    min: v.optional(
      v.pipe(
        v.string(),
        v.regex(
          /^([1-9]\d{0,9})?$/,
          ({ input }) => `"min" must be a number of times above 0, got "${input}".`,
        ),
      ),
      '',
    ),
    days: v.optional(
      v.pipe(
        v.string(),
        v.check(
          (days) => days === '' || Number(days) > 0,
          ({ input }) => `"days" must be a number of days above 0, got "${input}".`,
        ),
      ),
      '',
    ),
    attribute: v.optional(v.string()),
    value: v.optional(v.string()),
  }),
  v.check(
    ({ attribute, value }) => !attribute || value !== undefined,
    ({ input }) => `"value" is missing: what "${input.attribute}" must be.`,
  ),
)

/** Reads the filter from the query of a request. */
export function readUserFilter(query: Record<string, string>, now: Date): Read<UserFilter> {
  const checked = read(filterSchema, query)
  if ('refusal' in checked) return checked
  const { event, min, days, attribute, value } = checked.value
  const since = days && new Date(now.getTime() - Math.min(Number(days), mostDays) * aDay).toISOString()
  return {
    value: {
      event: event || undefined,
      min: Number(min || 1),
      since,
      attribute: attribute || undefined,
      value,
    },
  }
}
