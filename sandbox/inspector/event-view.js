/** @import { App } from '../api-types.ts' */
/** @import { Api } from './api.js' */
import { connectCard } from './connect-card.js'
import { element } from './element.js'
import { eventTable } from './event-table.js'
import { redraw } from './redraw.js'

/**
 * The page of the defined events.
 *
 * @param {{ app: App, api: Api }} parts
 */
export function createEventView({ app, api }) {
  const view = element('div', { class: 'pane whole', 'data-testid': 'events-view' })

  /** The data on the page, as JSON. The page is redrawn only if it differs. */
  let drawn = ''

  async function refresh() {
    try {
      const events = await api.events()
      const shown = JSON.stringify(events)
      if (shown === drawn) return
      drawn = shown
      redraw(view, events.length > 0 ? eventTable(events) : connectCard(app, 'No events yet'))
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
