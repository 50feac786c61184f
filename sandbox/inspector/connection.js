/** @import { StreamState } from './stream.js' */
import { element } from './element.js'

const words = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting' }

/** Whether what is shown is what is there. */
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
