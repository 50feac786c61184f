/** @import { RestEntry } from '../rest-types.ts' */

/** @typedef {{ key: string, entry: RestEntry, request: { name: string, who: string | null } }} LoggedRequest */

const prefix = 'rest-'

/** The id of a REST request whose key this is; nothing for the key of a message. @param {string} key */
export const requestIdOf = (key) =>
  key.startsWith(prefix) ? Number(key.slice(prefix.length) || Number.NaN) : undefined

/**
 * @param {RestEntry} entry
 * @returns {LoggedRequest}
 */
export function loggedRequest(entry) {
  const user = entry.changes.find((change) => change.kind === 'user')
  return {
    key: `${prefix}${entry.id}`,
    entry,
    request: { name: entry.path.replace(/^\/api\/public\//, ''), who: user?.custom_id ?? null },
  }
}

export const createRequestReader = () => ({ read: loggedRequest, forget() {} })
