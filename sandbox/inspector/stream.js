/** @import { Entry } from '../api-types.ts' */
/** @import { RestEntry } from '../rest-types.ts' */
/** @typedef {'live' | 'reconnecting'} StreamState */

const reopenAfterMs = 2000

/**
 * Opens the stream of messages and REST requests after `lastIds`. None is missed while the connection is lost.
 *
 * @param {string} url
 * @param {() => string} lastIds the newest message and the newest request that the page has, such as `12.34`
 * @param {{
 *   onMessage: (entry: Entry) => void,
 *   onRequest: (entry: RestEntry) => void,
 *   onState: (state: StreamState) => void,
 * }} listeners
 */
export function openStream(url, lastIds, listeners) {
  const { onMessage, onRequest, onState } = listeners
  const source = new EventSource(`${url}?after=${encodeURIComponent(lastIds())}`)
  source.addEventListener('open', () => onState('live'))
  source.addEventListener('message', ({ data }) => onMessage(JSON.parse(data)))
  source.addEventListener('request', ({ data }) => onRequest(JSON.parse(data)))
  source.addEventListener('error', () => {
    onState('reconnecting')
    // EventSource reconnects after a lost connection, but never after an HTTP error
    // (https://html.spec.whatwg.org/multipage/server-sent-events.html), which a proxy answers while the sandbox restarts.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => openStream(url, lastIds, listeners), reopenAfterMs)
    }
  })
}
