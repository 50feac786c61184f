import { element } from './element.js'

/** The headers about the site, its key and the API's version. The others describe the browser, and are folded away. */
const mainHeaders = [
  'authorization',
  'accept',
  'content-type',
  'content-length',
  'origin',
  'referer',
  'user-agent',
]

/** @param {Record<string, string>} headers */
export function headerTable(headers) {
  const others = Object.keys(headers).filter((name) => !mainHeaders.includes(name))
  return element(
    'div',
    { class: 'headers', 'data-testid': 'message-headers' },
    list(
      headers,
      mainHeaders.filter((name) => headers[name] !== undefined),
    ),
    others.length > 0 &&
      element('details', {}, element('summary', {}, `${others.length} more`), list(headers, others.sort())),
  )
}

/**
 * @param {Record<string, string>} headers
 * @param {string[]} names
 */
function list(headers, names) {
  const lines = names.map((name) => [
    element('dt', {}, name),
    element('dd', {}, headers[name], name === 'authorization' && keyIn(String(headers[name]))),
  ])
  return element('dl', {}, ...lines.flat())
}

/** The API key, decoded from base64. @param {string} authorization */
function keyIn(authorization) {
  try {
    const key = atob(/^basic (.+)$/i.exec(authorization)?.[1] ?? '').replace(/:$/, '')
    return key && element('span', { class: 'aside' }, ` key: ${key}`)
  } catch {
    return null
  }
}
