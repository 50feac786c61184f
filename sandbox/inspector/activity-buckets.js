/** @import { Hour } from '../api-types.ts' */

/** @typedef {{ start: Date, events: number, views: number, products: number }} Bucket */
/** @typedef {'hour' | 'day' | 'week' | 'month' | 'year'} Unit */

/** The chart uses the finest unit that needs no more bars than this. */
const mostBars = 90
const fewestBars = 12
const aDay = 86_400_000

/** @type {Record<Unit, { start: (at: Date) => Date, next: (start: Date, by: number) => Date, ms: number }>} */
const units = {
  hour: {
    start: (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate(), at.getHours()),
    next: (start, by) => new Date(start.getTime() + by * 3_600_000),
    ms: 3_600_000,
  },
  day: { start: (at) => day(at), next: (start, by) => day(start, by), ms: aDay },
  week: {
    start: (at) => day(at, -((at.getDay() + 6) % 7)),
    next: (start, by) => day(start, 7 * by),
    ms: 7 * aDay,
  },
  month: {
    start: (at) => new Date(at.getFullYear(), at.getMonth(), 1),
    next: (start, by) => new Date(start.getFullYear(), start.getMonth() + by, 1),
    ms: 30 * aDay,
  },
  year: {
    start: (at) => new Date(at.getFullYear(), 0, 1),
    next: (start, by) => new Date(start.getFullYear() + by, 0, 1),
    ms: 365 * aDay,
  },
}

/** Midnight of a day, or of the day `by` days later. @param {Date} at */
const day = (at, by = 0) => new Date(at.getFullYear(), at.getMonth(), at.getDate() + by)

/**
 * Counts activity in equal periods up to the last activity, in the reader's own time zone.
 *
 * Sites may send any timestamp. Timestamps more than a week ahead and those too far back do not stretch the chart.
 *
 * @param {Hour[]} hours oldest first
 * @param {number} now
 * @returns {{ unit: Unit, buckets: Bucket[] }}
 */
export function bucketsOf(hours, now) {
  const dated = hours.map((hour) => ({ ...hour, at: Date.parse(`${hour.hour}:00:00Z`) }))
  const plausible = dated.filter(({ at }) => at < now + 7 * aDay)
  const [first] = plausible.length > 0 ? plausible : dated
  const last = (plausible.length > 0 ? plausible : dated).at(-1)
  if (!first || !last) return { unit: 'day', buckets: [] }

  const names = /** @type {Unit[]} */ (Object.keys(units))
  const unit = names.find((name) => (last.at - first.at) / units[name].ms < mostBars) ?? 'year'
  const { start, next, ms } = units[unit]
  const end = start(new Date(last.at))
  const bars = Math.min(mostBars, Math.max(fewestBars, Math.ceil((last.at - first.at) / ms) + 2))
  const buckets = Array.from({ length: bars }, (_, index) => ({
    start: next(end, index - bars + 1),
    events: 0,
    views: 0,
    products: 0,
  }))
  const byStart = new Map(buckets.map((bucket) => [bucket.start.getTime(), bucket]))
  for (const { at, events, views, products } of dated) {
    const bucket = byStart.get(start(new Date(at)).getTime())
    if (!bucket) continue
    bucket.events += events
    bucket.views += views
    bucket.products += products
  }
  return { unit, buckets }
}
