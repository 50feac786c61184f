import { element } from './element.js'

/**
 * Names and values, one below the other. A field without a value is shown too: its absence is information.
 *
 * @param {[name: string, value: unknown][]} fields
 * @param {string} testId
 */
export function fieldList(fields, testId) {
  const lines = fields.map(([name, value]) => [
    element('dt', {}, name),
    element('dd', { class: shape(value), 'data-testid': testId, 'data-field': name }, words(value)),
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
