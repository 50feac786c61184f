import type { Conversion } from './conversion.ts'

const isoDate = /^\d{4}-\d{2}-\d{2}/
const isoDatetime = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * The time of a text in ISO 8601. A text without a zone counts as UTC: the sandbox cannot know the sender's zone.
 * A bare number is no time: it may count seconds or milliseconds, and a guess would be wrong by a factor of 1000.
 */
function timeOf(value: unknown): Date | undefined {
  const text = typeof value === 'string' ? value.trim().replace(' ', 'T') : ''
  if (!isoDatetime.test(text)) return undefined
  const hasZone = text.length === 10 || /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))
  const time = new Date(hasZone ? text : `${text}Z`)
  // `new Date` takes the 30th of February for the 1st of March.
  const day = new Date(text.slice(0, 10))
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
  return exists && !Number.isNaN(time.getTime()) ? time : undefined
}

/** The time in ISO 8601 UTC; `undefined` where a value is none. */
export function isoTime(value: unknown): string | undefined {
  const utc = timeOf(value)?.toISOString()
  // A zone can carry the time out of the years of four digits, whose texts sort as the times do.
  return utc && isoDate.test(utc) ? utc : undefined
}

export function toDatetime(value: unknown): Conversion {
  const time = isoTime(value)
  return time ? { value: time } : { reason: 'not an ISO 8601 time such as 2026-11-24T12:00:00Z' }
}

/** The day as the sender wrote it, whatever the zone: a birthday stays the same day all over the world. */
export function toDate(value: unknown): Conversion {
  const day = timeOf(value) && isoDate.exec(String(value).trim())?.[0]
  return day ? { value: day } : { reason: 'not a date such as 2026-11-24' }
}
