/** @import { Api } from './api.js' */
/** @import { LoggedMessage } from './message-log.js' */
import { factsOf } from './message-facts.js'

/**
 * Loads a message that the page no longer has, or never had: a link to a message may be older than the page.
 *
 * @param {Api} api
 * @param {string} id
 * @returns {Promise<LoggedMessage | undefined>}
 */
export async function messageFromHistory(api, id) {
  const number = Number(id)
  if (!Number.isInteger(number)) return undefined
  const [entry] = await api.messageAfter(number - 1).catch(() => [])
  if (!entry || String(entry.id) !== id) return undefined
  return { entry, facts: factsOf(entry), attempt: 1 }
}
