/** @import { Moment } from '../api-types.ts' */
import { dayName, timeOfDay } from './clock.js'
import { element } from './element.js'
import { typeBadge } from './type-badge.js'

/**
 * The activity of a person by day, newest first.
 *
 * @param {Moment[]} moments the newest of them
 * @param {number} total the number of all moments
 */
export function timeline(moments, total) {
  if (moments.length === 0) return element('p', { class: 'nothing' }, 'No events and no page views yet.')
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
  const { name, aside } = type === 'page' ? pageView(moment) : occurrence(moment)
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
      element('pre', {}, JSON.stringify(data, null, 2)),
    ),
  )
}

/** @param {Moment} moment */
const occurrence = ({ name, data }) => ({ name: String(name), aside: Object.keys(data).join(', ') })

/** @param {Moment} moment */
function pageView({ data: { title, url } }) {
  return { name: String(title || url || 'A page'), aside: title && url ? String(url) : '' }
}
