/** @import { Hour } from '../api-types.ts' */
/** @import { Unit } from './activity-buckets.js' */
import { bucketsOf } from './activity-buckets.js'
import { activityPlot } from './activity-plot.js'
import { element } from './element.js'

/** @type {Record<Unit, Intl.DateTimeFormatOptions>} */
const formats = {
  hour: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  day: { dateStyle: 'medium' },
  week: { dateStyle: 'medium' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
}

/**
 * The activity of a person over time: a bar for each hour, day, week, month or year. The caption shows the numbers of
 * the bar under the pointer.
 *
 * @param {Hour[]} hours
 */
export function activityChart(hours) {
  const { unit, buckets } = bucketsOf(hours, Date.now())
  const format = new Intl.DateTimeFormat('en-GB', formats[unit])
  const all = { events: sum(hours, 'events'), views: sum(hours, 'views') }
  const caption = element('figcaption', {}, ...counts(all, `per ${unit}`))
  const label = `Activity per ${unit}: ${all.events} events and ${all.views} page views`

  const plot = activityPlot(buckets, unit, (bucket) => {
    const numbers = bucket ? counts(bucket, format.format(bucket.start)) : counts(all, `per ${unit}`)
    caption.replaceChildren(...numbers)
  })
  return element(
    'figure',
    { class: 'chart', 'data-testid': 'activity-chart', 'data-unit': unit },
    caption,
    element('div', { role: 'img', 'aria-label': label }, plot),
  )
}

/** @param {{ events: number, views: number }} counted @param {string} when */
const counts = ({ events, views }, when) => [
  element('span', { class: 'track' }, `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`),
  element(
    'span',
    { class: 'page' },
    `${views.toLocaleString('en')} ${views === 1 ? 'page view' : 'page views'}`,
  ),
  element('span', { class: 'when' }, when),
]

/** @param {Hour[]} hours @param {'events' | 'views'} name */
const sum = (hours, name) => hours.reduce((total, hour) => total + hour[name], 0)
