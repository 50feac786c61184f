/** @import { LoggedMessage } from './logged-message.js' */
/** @import { LoggedRequest } from './logged-request.js' */
import { createMessageReader } from './logged-message.js'
import { createRequestReader, requestIdOf } from './logged-request.js'
import { createRecent } from './recent.js'

/** @typedef {ReturnType<typeof createLog>} Log */
/** @typedef {LoggedMessage | LoggedRequest} Logged */

/**
 * The newest messages and REST requests.
 *
 * @param {number} capacity the number of live ones of each that it keeps
 */
export function createLog(capacity) {
  const messages = createRecent(capacity, createMessageReader)
  const requests = createRecent(capacity, createRequestReader)

  /** Leaves out what is older than the oldest loaded message or request, if others between the two are missing. */
  function newestFirst() {
    const since = [messages.completeSince(), requests.completeSince()].sort().at(-1) ?? ''
    return merged(messages.newestFirst(), requests.newestFirst()).filter(
      ({ entry }) => entry.receivedAt >= since,
    )
  }

  return {
    messages,
    requests,
    newestFirst,
    isWhole: () => messages.isWhole() && requests.isWhole(),
    /** The id of the last event of the stream: that of the last message and of the last request. */
    lastIds: () => `${messages.lastId()}.${requests.lastId()}`,
    /** @param {string} key @returns {Logged | undefined} */
    get(key) {
      const request = requestIdOf(key)
      return request === undefined ? messages.get(Number(key)) : requests.get(request)
    },
    /** The number of times that a message or request has arrived. @param {Logged} logged */
    arrivalsOf(logged) {
      if ('request' in logged || !logged.facts.messageId) return 1
      const { messageId } = logged.facts
      const same = messages.newestFirst().find(({ facts }) => facts.messageId === messageId)
      return same?.attempt ?? logged.attempt
    },
  }
}

/**
 * Merges by time, and keeps the order within each: a delayed answer is logged after those to later requests.
 *
 * @param {LoggedMessage[]} messages
 * @param {LoggedRequest[]} requests
 */
function merged(messages, requests) {
  /** @type {Logged[]} */
  const all = []
  let at = 0
  for (const message of messages) {
    for (; at < requests.length; at++) {
      const request = requests[at]
      if (!request || request.entry.receivedAt < message.entry.receivedAt) break
      all.push(request)
    }
    all.push(message)
  }
  return [...all, ...requests.slice(at)]
}
