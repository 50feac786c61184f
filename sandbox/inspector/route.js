/** @typedef {(typeof sections)[number]} Section */
/** @typedef {{ section: Section, key: string | null, query: URLSearchParams }} Route */

export const sections = /** @type {const} */ ([
  'messages',
  'profiles',
  'events',
  'companies',
  'products',
  'settings',
])

/**
 * Reads the place from the URL's hash. So a reload stays there, and links can be shared.
 *
 * @param {string} hash
 * @returns {Route}
 * @example parseRoute('#/profiles/u-1?event=Paid') // { section: 'profiles', key: 'u-1', query: event=Paid }
 */
export function parseRoute(hash) {
  const [path = '', query] = hash.replace(/^#\/?/, '').split('?')
  const [name, key] = path.split('/')
  return {
    section: sections.find((section) => section === name) ?? 'messages',
    key: key ? decoded(key) : null,
    query: new URLSearchParams(query),
  }
}

/**
 * @param {Section} section
 * @param {string | number | null} [key]
 * @param {URLSearchParams | Record<string, string>} [query] empty values are left out
 */
export function hrefTo(section, key, query = {}) {
  const path = key == null ? `#/${section}` : `#/${section}/${encodeURIComponent(key)}`
  const given = [...new URLSearchParams(query)].filter(([, value]) => value !== '')
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

/** Decodes a part of a path. A lone `%` that somebody typed stays as it is. @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
