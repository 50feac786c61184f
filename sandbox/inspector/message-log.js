/** @import { Entry } from '../api-types.ts' */
import { factsOf } from './message-facts.js'

/** @typedef {ReturnType<typeof createMessageLog>} MessageLog */
/** @typedef {{ entry: Entry, facts: ReturnType<typeof factsOf>, attempt: number }} LoggedMessage */

/**
 * The newest messages, each with the number of its attempt.
 *
 * The log is bounded, because the page may stay open all day. Older messages that the reader loads extend the bound.
 *
 * @param {number} capacity
 */
export function createMessageLog(capacity) {
  /** @type {Map<string, LoggedMessage>} oldest first */
  const messages = new Map()
  /** @type {Map<string, number>} */
  const arrivals = new Map()
  /** @type {number} */
  let lastId = 0
  let room = capacity

  /** @param {LoggedMessage} oldest */
  function forget({ entry, facts, attempt }) {
    messages.delete(String(entry.id))
    if (facts.messageId && arrivals.get(facts.messageId) === attempt) arrivals.delete(facts.messageId)
  }

  /** Returns `false` for a message that the log has already: a stream that reconnects may repeat one. @param {Entry} entry */
  function add(entry) {
    if (messages.has(String(entry.id))) return false
    const facts = factsOf(entry)
    const attempt = facts.messageId ? (arrivals.get(facts.messageId) ?? 0) + 1 : 1
    if (facts.messageId) arrivals.set(facts.messageId, attempt)
    messages.set(String(entry.id), { entry, facts, attempt })
    lastId = entry.id
    const [oldest] = messages.values()
    if (oldest && messages.size > room) forget(oldest)
    return true
  }

  return {
    add,
    /** Adds messages before the oldest one, given oldest first. @param {Entry[]} older */
    addOlder(older) {
      const entries = [...older, ...[...messages.values()].map(({ entry }) => entry)]
      room += older.length
      messages.clear()
      arrivals.clear()
      for (const entry of entries) add(entry)
    },
    lastId: () => lastId,
    firstId: () => [...messages.values()][0]?.entry.id ?? 0,
    get: (/** @type {string} */ id) => messages.get(id),
    /** The number of times that this message has arrived. @param {LoggedMessage} message */
    arrivalsOf: ({ facts, attempt }) => (facts.messageId && arrivals.get(facts.messageId)) || attempt,
    newestFirst: () => [...messages.values()].reverse(),
    get size() {
      return messages.size
    },
  }
}
