/** @import { Moment } from '../api-types.ts' */
/** @import { ProductName } from './product-title.js' */
import { dayName, timeOfDay } from './clock.js'
import { element } from './element.js'
import { productKey, productTitle } from './product-title.js'
import { hrefTo } from './route.js'
import { typeBadge } from './type-badge.js'

/**
 * The activity of a person by day, newest first.
 *
 * @param {Moment[]} moments the newest of them
 * @param {number} total the number of all moments
 */
export function timeline(moments, total) {
  if (moments.length === 0)
    return element('p', { class: 'nothing' }, 'No events, page views or product events yet.')
  /** @type {HTMLElement[]} */
  const parts = []
  let day = ''
  for (const moment of moments) {
    const name = dayName(new Date(moment.timestamp))
    if (name !== day) parts.push(element('li', { class: 'day' }, name))
    day = name
    parts.push(line(moment))
  }
  const older = total - moments.length
  if (older > 0) parts.push(element('li', { class: 'day' }, `${older.toLocaleString('en')} older`))
  return element('ol', { class: 'timeline', 'data-testid': 'timeline' }, ...parts)
}

/** @param {Moment} moment */
function line(moment) {
  const { type, id, timestamp, data } = moment
  const { name, aside, about } = readers[type](moment)
  const attributes = { 'data-testid': 'timeline-entry', 'data-type': type, 'data-name': name }
  const title = [
    element('time', { datetime: timestamp }, timeOfDay(new Date(timestamp))),
    typeBadge(type),
    element(
      'span',
      { class: 'what' },
      element('span', { class: 'name' }, name),
      element('span', { class: 'aside' }, aside),
    ),
  ]
  if (Object.keys(data).length === 0) {
    return element('li', attributes, element('div', { class: 'line' }, ...title))
  }
  return element(
    'li',
    attributes,
    element(
      'details',
      { 'data-key': `${type}-${id}` },
      element('summary', { class: 'line' }, ...title),
      about,
      element('pre', {}, JSON.stringify(type === 'product' ? data.custom_data : data, null, 2)),
    ),
  )
}

/**
 * The line of a moment and, below it when unfolded, more about it.
 *
 * @type {Record<Moment['type'], (moment: Moment) => { name: string, aside: string, about?: HTMLElement }>}
 */
const readers = {
  track: ({ name, data }) => ({ name: String(name), aside: Object.keys(data).join(', ') }),
  page: ({ data: { title, url } }) => ({
    name: String(title || url || 'A page'),
    aside: title && url ? String(url) : '',
  }),
  product({ name, data }) {
    const product = /** @type {ProductName} */ (data.product)
    const title = productTitle(product)
    const link = element('a', { href: hrefTo('products', productKey(product)) }, title)
    return { name: String(name), aside: title, about: element('p', { class: 'about' }, 'Product: ', link) }
  },
}
