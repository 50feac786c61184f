/** @typedef {(typeof sections)[number]} Section */
/** @typedef {{ section: Section, key: string | null }} Route */

export const sections = /** @type {const} */ (['messages', 'profiles', 'events', 'companies'])

/**
 * The place that the URL's hash names, so that a reload stays there and a link can be passed on.
 *
 * @param {string} hash
 * @returns {Route}
 * @example parseRoute('#/profiles/u-1') // { section: 'profiles', key: 'u-1' }
 */
export function parseRoute(hash) {
  const [name, key] = hash.replace(/^#\/?/, '').split('/')
  return {
    section: sections.find((section) => section === name) ?? 'messages',
    key: key ? decoded(key) : null,
  }
}

/**
 * @param {Section} section
 * @param {string | number | null} [key]
 */
export const hrefTo = (section, key) =>
  key == null ? `#/${section}` : `#/${section}/${encodeURIComponent(key)}`

/** A hand-typed `%` is no reason to fail. @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
