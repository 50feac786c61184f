/** @import { Api } from './api.js' */
/** @import { Logged } from './log.js' */
import { loggedMessage } from './logged-message.js'
import { loggedRequest, requestIdOf } from './logged-request.js'

/**
 * Loads a message or REST request that the page no longer has, or never had: a link to it may be older than the page.
 *
 * @param {Api} api
 * @param {string} key
 * @returns {Promise<Logged | undefined>}
 */
export async function fromHistory(api, key) {
  const id = requestIdOf(key) ?? Number(key)
  if (!Number.isInteger(id)) return undefined
  if (requestIdOf(key) === undefined) {
    const [entry] = await api.messageAfter(id - 1).catch(() => [])
    return entry?.id === id ? loggedMessage(entry, 1) : undefined
  }
  const [entry] = await api.requestAfter(id - 1).catch(() => [])
  return entry?.id === id ? loggedRequest(entry) : undefined
}
