import { copyButton } from './copy-button.js'
import { element } from './element.js'

/** Longer texts are shown without colours, which would make the page slow. */
const colouredChars = 60_000
const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * The body of a message, a request or an answer: JSON formatted and coloured, anything else as text.
 *
 * @param {unknown} value
 * @param {string} label
 */
export function jsonView(value, label = 'Body') {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const shown = typeof value === 'string' || text.length > colouredChars ? [text] : coloured(text)
  return element(
    'div',
    { class: 'json' },
    copyButton(text, `Copy ${label.toLowerCase()}`),
    element(
      'pre',
      { tabindex: 0, 'aria-label': label, 'data-testid': `message-${label.toLowerCase()}` },
      ...shown,
    ),
  )
}

/** @param {string} text */
function coloured(text) {
  /** @type {(string | HTMLElement)[]} */
  const parts = []
  let at = 0
  for (const match of text.matchAll(token)) {
    const [whole, string, colon] = match
    const end = match.index + whole.length - (colon?.length ?? 0)
    const kind = colon ? 'key' : string ? 'string' : 'literal'
    parts.push(text.slice(at, match.index), element('span', { class: kind }, text.slice(match.index, end)))
    at = end
  }
  return [...parts, text.slice(at)]
}
