/** @import { Call } from './recorder.js' */

const width = 44

/**
 * Formats a call as JavaScript.
 *
 * @param {Call} call
 * @example callCode({ method: 'page', args: ['Shop'], sent: true }) // "analytics.page('Shop')"
 */
export const callCode = ({ method, args }) =>
  `analytics.${method}(${args.map((value) => literal(value, '')).join(', ')})`

/**
 * @param {unknown} value
 * @param {string} indent
 * @returns {string}
 */
function literal(value, indent) {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const deeper = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const parts = Array.isArray(value)
    ? value.map((item) => literal(item, deeper))
    : Object.entries(value).map(([name, item]) => `${name}: ${literal(item, deeper)}`)
  const short = `${open} ${parts.join(', ')} ${close}`
  if (indent !== '' && short.length + indent.length < width) return short
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join('')}${indent}${close}`
}

/** @param {string} text */
const quoted = (text) => `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
