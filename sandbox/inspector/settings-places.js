/** @import { Child } from './element.js' */
import { element } from './element.js'
import { hrefTo } from './route.js'

/** @typedef {(typeof places)[number]} Place */

/** The places of the settings in UserEngage, by its own page. The sandbox uses the same ones. */
export const places = /** @type {const} */ ([
  { key: 'segment-api-keys', group: 'Advanced', title: 'Segment API keys' },
  { key: 'public-api', group: 'Advanced', title: 'Public API' },
  { key: 'domains', group: 'Advanced', title: 'Domains' },
  { key: 'client-attributes', group: 'User data & events', title: 'Client attributes' },
  { key: 'events', group: 'User data & events', title: 'Events' },
  { key: 'event-attributes', group: 'User data & events', title: 'Event attributes' },
  { key: 'company-attributes', group: 'Companies', title: 'Company attributes' },
  // UserEngage has no such place.
  { key: 'rest-switches', group: 'Sandbox', title: 'REST API switches' },
])

/** @param {Place} place */
const pathOf = ({ group, title }) => `App settings > ${group} > ${title}`

/**
 * Turns the names of places in a sentence into links to the settings.
 *
 * @param {string} sentence
 * @returns {Child[]}
 */
export function withPlaces(sentence) {
  const place = places.find((one) => sentence.includes(pathOf(one)))
  if (!place) return [sentence]
  const path = pathOf(place)
  const at = sentence.indexOf(path)
  return [
    sentence.slice(0, at),
    element('a', { href: hrefTo('settings', place.key) }, path),
    ...withPlaces(sentence.slice(at + path.length)),
  ]
}
