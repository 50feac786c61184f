/** Which users: those who did `event` at least `min` times since `since`, and whose `attribute` is `value` as text. */
export interface UserFilter {
  event?: string | undefined
  min: number
  /** ISO 8601; empty: ever. */
  since: string
  attribute?: string | undefined
  value?: string | undefined
}

const aDay = 86_400_000
/** Some 270 years, which is ever; `Date` has an end. */
const mostDays = 100_000

/** The filter that a query of `/users` asks for, or what is wrong with it. An empty field of a form filters nothing. */
export function readUserFilter(query: Record<string, string>, now: Date): UserFilter | string {
  const { event, min = '', days = '', attribute, value } = query
  if (min !== '' && !/^[1-9]\d{0,9}$/.test(min))
    return `"min" must be a number of times above 0, got "${min}".`
  if (days !== '' && !(Number(days) > 0)) return `"days" must be a number of days above 0, got "${days}".`
  if (attribute && value === undefined) return `"value" is missing: what "${attribute}" must be.`
  const since = days && new Date(now.getTime() - Math.min(Number(days), mostDays) * aDay).toISOString()
  return { event: event || undefined, min: Number(min || 1), since, attribute: attribute || undefined, value }
}
