/** @import { EventDefinition } from '../api-types.ts' */
import { element } from './element.js'
import { hrefTo } from './route.js'
import { withPlaces } from './settings-places.js'

/** Nobody reads more rows than this, and a site may define any number of events. */
const mostRows = 500

/**
 * The defined events, the most frequent first, each with its number of occurrences and its attributes.
 *
 * @param {EventDefinition[]} definitions
 */
export function eventTable(definitions) {
  const most = Math.max(1, ...definitions.map(({ count }) => count))
  const events = [...definitions].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
  const titles = ['Event', 'Count', 'Attributes']
  return element(
    'table',
    { class: 'events' },
    element(
      'caption',
      {},
      events.length === 1 ? '1 event. ' : `${events.length.toLocaleString('en')} events. `,
      ...withPlaces('They are defined at App settings > User data & events > Events.'),
    ),
    element('thead', {}, element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...events.slice(0, mostRows).map((event) => row(event, most))),
  )
}

/**
 * @param {EventDefinition} event
 * @param {number} most
 */
function row({ name, count, attributes }, most) {
  const chips = attributes.map((attribute) => element('code', {}, attribute))
  return element(
    'tr',
    { 'data-testid': 'event-row', 'data-name': name },
    element('th', { scope: 'row' }, element('span', { class: 'long', title: name }, name)),
    element(
      'td',
      { class: 'count' },
      element(
        'a',
        {
          href: hrefTo('profiles', null, { event: name }),
          title: 'Who did it',
          'data-testid': 'event-count',
        },
        count.toLocaleString('en'),
      ),
      element('meter', { max: most, value: count, 'aria-hidden': 'true' }),
    ),
    element(
      'td',
      { class: 'chips', 'data-testid': 'event-attributes' },
      ...(chips.length > 0 ? chips : ['none']),
    ),
  )
}
