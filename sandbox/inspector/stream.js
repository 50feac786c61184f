/** @import { Entry } from '../api-types.ts' */
/** @typedef {'live' | 'reconnecting'} StreamState */

const reopenAfterMs = 2000

/**
 * Opens the stream of messages after `lastId`. No message is missed while the connection is lost.
 *
 * @param {string} url
 * @param {() => number} lastId the newest entry that the page has; 0 if it has none
 * @param {{ onEntry: (entry: Entry) => void, onState: (state: StreamState) => void }} listeners
 */
export function openStream(url, lastId, { onEntry, onState }) {
  const source = new EventSource(`${url}?after=${encodeURIComponent(lastId())}`)
  source.addEventListener('open', () => onState('live'))
  source.addEventListener('message', ({ data }) => onEntry(JSON.parse(data)))
  source.addEventListener('error', () => {
    onState('reconnecting')
    // EventSource reconnects after a lost connection, but never after an HTTP error
    // (https://html.spec.whatwg.org/multipage/server-sent-events.html), which a proxy answers while the sandbox restarts.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => openStream(url, lastId, { onEntry, onState }), reopenAfterMs)
    }
  })
}
