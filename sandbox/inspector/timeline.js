/** @import { Occurrence, PageView } from './shapes.js' */
import { dayName, timeOfDay } from './clock.js'
import { element } from './element.js'
import { typeBadge } from './type-badge.js'

const maxEntries = 200

/** @typedef {{ key: string, at: Date, type: 'track' | 'page', name: string, aside: string, data: unknown }} Moment */

/**
 * What a person did, newest first, by day.
 *
 * @param {Occurrence[]} occurrences
 * @param {PageView[]} pageViews
 */
export function timeline(occurrences, pageViews) {
  const moments = [...occurrences.map(occurrence), ...pageViews.map(pageView)].sort((a, b) => +b.at - +a.at)
  if (moments.length === 0) return element('p', { class: 'nothing' }, 'No events and no page views yet.')
  /** @type {HTMLElement[]} */
  const parts = []
  let day = ''
  for (const moment of moments.slice(0, maxEntries)) {
    const name = dayName(moment.at)
    if (name !== day) parts.push(element('li', { class: 'day' }, name))
    day = name
    parts.push(line(moment))
  }
  if (moments.length > maxEntries)
    parts.push(element('li', { class: 'day' }, `${moments.length - maxEntries} older`))
  return element('ol', { class: 'timeline', 'data-testid': 'timeline' }, ...parts)
}

/** @param {Moment} moment */
function line({ key, at, type, name, aside, data }) {
  const attributes = { 'data-testid': 'timeline-entry', 'data-type': type, 'data-name': name }
  const title = [
    element('time', { datetime: Number.isNaN(+at) ? '' : at.toISOString() }, timeOfDay(at)),
    typeBadge(type),
    element(
      'span',
      { class: 'what' },
      element('span', { class: 'name' }, name),
      element('span', { class: 'aside' }, aside),
    ),
  ]
  if (data === null) return element('li', attributes, element('div', { class: 'line' }, ...title))
  return element(
    'li',
    attributes,
    element(
      'details',
      { 'data-key': key },
      element('summary', { class: 'line' }, ...title),
      element('pre', {}, JSON.stringify(data, null, 2)),
    ),
  )
}

/** @param {Occurrence} occurrence @returns {Moment} */
function occurrence({ id, name, timestamp, data }) {
  const names = Object.keys(data)
  const at = new Date(timestamp * 1000)
  return {
    key: `event-${id}`,
    at,
    type: 'track',
    name,
    aside: names.join(', '),
    data: names.length > 0 ? data : null,
  }
}

/** @param {PageView} view @returns {Moment} */
function pageView({ id, url, title, timestamp }) {
  const name = title || url || 'A page'
  return {
    key: `page-${id}`,
    at: new Date(timestamp),
    type: 'page',
    name,
    aside: title ? (url ?? '') : '',
    data: null,
  }
}
