/** @import { Entry } from '../api-types.ts' */
import { factsOf } from './message-facts.js'

/** @typedef {{ key: string, entry: Entry, facts: ReturnType<typeof factsOf>, attempt: number }} LoggedMessage */

/**
 * @param {Entry} entry
 * @param {number} attempt
 * @returns {LoggedMessage}
 */
export const loggedMessage = (entry, attempt) => ({
  key: String(entry.id),
  entry,
  facts: factsOf(entry),
  attempt,
})

/** Reads messages in the order of their arrival, and numbers the attempts of each. */
export function createMessageReader() {
  /** @type {Map<string, number>} */
  const arrivals = new Map()
  return {
    /** @param {Entry} entry */
    read(entry) {
      const { messageId } = factsOf(entry)
      const attempt = messageId ? (arrivals.get(messageId) ?? 0) + 1 : 1
      if (messageId) arrivals.set(messageId, attempt)
      return loggedMessage(entry, attempt)
    },
    /** @param {LoggedMessage} message */
    forget({ facts: { messageId }, attempt }) {
      if (messageId && arrivals.get(messageId) === attempt) arrivals.delete(messageId)
    },
  }
}
