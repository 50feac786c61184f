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
  const all = { events: sum(hours, 'events'), views: sum(hours, 'views'), products: sum(hours, 'products') }
  const caption = element('figcaption', {}, ...counts(all, `per ${unit}`, all))
  const label = `Activity per ${unit}: ${all.events} events and ${all.views} page views${all.products ? ` and ${all.products} product events` : ''}`

  const plot = activityPlot(buckets, unit, (bucket) => {
    const numbers = bucket
      ? counts(bucket, format.format(bucket.start), all)
      : counts(all, `per ${unit}`, all)
    caption.replaceChildren(...numbers)
  })
  return element(
    'figure',
    { class: 'chart', 'data-testid': 'activity-chart', 'data-unit': unit },
    caption,
    element('div', { role: 'img', 'aria-label': label }, plot),
  )
}

/**
 * @typedef {{ events: number, views: number, products: number }} Counts
 * @param {Counts} counted
 * @param {string} when
 * @param {Counts} all product events are left out if the person has none
 */
const counts = ({ events, views, products }, when, all) => [
  count('track', events, 'event'),
  count('page', views, 'page view'),
  ...(all.products > 0 ? [count('product', products, 'product event')] : []),
  element('span', { class: 'when' }, when),
]

/** @param {string} kind @param {number} number @param {string} name */
const count = (kind, number, name) =>
  element('span', { class: kind }, `${number.toLocaleString('en')} ${number === 1 ? name : `${name}s`}`)

/** @param {Hour[]} hours @param {'events' | 'views' | 'products'} name */
const sum = (hours, name) => hours.reduce((total, hour) => total + hour[name], 0)
