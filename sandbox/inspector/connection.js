/** @import { StreamState } from './stream.js' */
import { element } from './element.js'

const words = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting' }

/** A badge that shows whether the page receives live messages. */
export function createConnection() {
  const badge = element('span', { class: 'connection', role: 'status', 'data-testid': 'connection' })

  /** @param {StreamState | 'connecting'} state */
  function set(state) {
    badge.dataset.state = state
    badge.textContent = words[state]
  }
  set('connecting')
  return { element: badge, set }
}
