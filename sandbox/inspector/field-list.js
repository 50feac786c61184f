/** @import { Source } from '../api-types.ts' */
import { element } from './element.js'

/** @type {Record<Source, { word: string, title: string }>} */
const ways = {
  segment: { word: 'Segment', title: 'Set by a message to the Segment endpoint' },
  rest: { word: 'REST', title: 'Set by a request to the REST API' },
}

/**
 * Names and values, one below the other. A field without a value is shown too: its absence is information.
 *
 * @param {[name: string, value: unknown][]} fields
 * @param {string} testId
 * @param {Record<string, Source>} [sources] the way by which each value came, by name
 */
export function fieldList(fields, testId, sources = {}) {
  const lines = fields.map(([name, value]) => [
    element('dt', {}, name),
    element(
      'dd',
      { class: shape(value), 'data-testid': testId, 'data-field': name },
      words(value),
      wayOf(sources, name),
    ),
  ])
  return element('dl', { class: 'fields' }, ...lines.flat())
}

/** @param {unknown} value */
function words(value) {
  if (value == null) return '–'
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value)
}

/** @param {unknown} value */
function shape(value) {
  if (value == null) return 'absent'
  return typeof value === 'string' ? 'text' : 'literal'
}

/**
 * @param {Record<string, Source>} sources
 * @param {string} name
 */
function wayOf(sources, name) {
  const source = Object.hasOwn(sources, name) && sources[name]
  if (!source) return null
  const { word, title } = ways[source]
  return element('span', { class: `source ${source}`, title, 'data-testid': 'field-source' }, word)
}
