/** @import { Entry } from './shapes.js' */
/** @typedef {'live' | 'reconnecting'} StreamState */

const reopenAfterMs = 2000

/**
 * The sandbox's live messages, from after `lastId` on, without a gap over lost connections.
 *
 * @param {string} url
 * @param {() => string | number} lastId the newest entry that is known already; 0 for none
 * @param {{ onEntry: (entry: Entry) => void, onState: (state: StreamState) => void }} listeners
 */
export function openStream(url, lastId, { onEntry, onState }) {
  const source = new EventSource(`${url}?after=${encodeURIComponent(lastId())}`)
  source.addEventListener('open', () => onState('live'))
  source.addEventListener('message', ({ data }) => onEntry(JSON.parse(data)))
  source.addEventListener('error', () => {
    onState('reconnecting')
    // EventSource comes back by itself after a lost connection, but never after an HTTP error,
    // which is what a proxy answers while the sandbox restarts.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => openStream(url, lastId, { onEntry, onState }), reopenAfterMs)
    }
  })
}
