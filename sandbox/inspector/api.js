/** @import { App, Company, Entry, EventDefinition, Occurrence, PageView, Profile } from './shapes.js' */
/** @typedef {ReturnType<typeof createApi>} Api */

/** @returns {Promise<App[]>} */
export const fetchApps = () => fetchJson('/api/sandbox/apps')

/**
 * What the inspector asks the sandbox about one app.
 *
 * @param {App} app
 */
export function createApi(app) {
  const own = `/api/sandbox/apps/${encodeURIComponent(app.id)}`
  const headers = { Authorization: `Token ${app.token}` }
  /** @param {string} customId */
  const user = (customId) => `/api/public/users-by-id/${encodeURIComponent(customId)}`

  return {
    streamUrl: `${own}/stream`,
    /** @returns {Promise<Entry[]>} */
    newestMessages: (/** @type {number} */ limit) => fetchJson(`${own}/messages?newest=${limit}`),
    /** @returns {Promise<Entry[]>} */
    messageAfter: (/** @type {number} */ id) => fetchJson(`${own}/messages?after=${id}&limit=1`),
    /** @returns {Promise<Profile[]>} */
    profiles: () => fetchJson(`${own}/users`),
    /** @returns {Promise<EventDefinition[]>} */
    events: () => fetchJson(`${own}/events`),
    /** @returns {Promise<Company[]>} */
    companies: () => fetchJson(`${own}/companies`),
    /** @returns {Promise<Occurrence[]>} */
    occurrences: (/** @type {string} */ customId) => fetchJson(`${user(customId)}/events/`, headers),
    /** @returns {Promise<PageView[]>} */
    pageViews: (/** @type {string} */ customId) => fetchJson(`${user(customId)}/ping_hits/`, headers),
  }
}

/**
 * @param {string} path
 * @param {Record<string, string>} [headers]
 */
async function fetchJson(path, headers = {}) {
  const response = await fetch(path, { headers })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return response.json()
}
