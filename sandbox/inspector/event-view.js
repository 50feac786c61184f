/** @import { App, EventDefinition } from './shapes.js' */
/** @import { Api } from './api.js' */
import { connectCard } from './connect-card.js'
import { element } from './element.js'

/**
 * Which events there are, how often they happened, and what comes with them.
 *
 * @param {{ app: App, api: Api }} parts
 */
export function createEventView({ app, api }) {
  const view = element('div', { class: 'pane whole', 'data-testid': 'events-view' })

  async function refresh() {
    try {
      const events = await api.events()
      const most = Math.max(1, ...events.map(({ count }) => count))
      const sorted = events.sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
      view.replaceChildren(sorted.length > 0 ? table(sorted, most) : connectCard(app, 'No events yet'))
    } catch {
      if (view.childElementCount === 0) {
        view.replaceChildren(
          element('p', { class: 'nothing', role: 'alert' }, 'The sandbox does not answer.'),
        )
      }
    }
  }
  return { element: view, refresh, show: () => void refresh() }
}

/**
 * @param {EventDefinition[]} events
 * @param {number} most
 */
function table(events, most) {
  const titles = ['Event', 'Count', 'Attributes']
  return element(
    'table',
    { class: 'events' },
    element('caption', {}, events.length === 1 ? '1 event definition' : `${events.length} event definitions`),
    element('thead', {}, element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...events.map((event) => row(event, most))),
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
      element('span', { 'data-testid': 'event-count' }, count),
      element('meter', { max: most, value: count, 'aria-hidden': 'true' }),
    ),
    element(
      'td',
      { class: 'chips', 'data-testid': 'event-attributes' },
      ...(chips.length > 0 ? chips : ['none']),
    ),
  )
}
