import { element } from './element.js'

/**
 * @param {string} text
 * @param {string} label
 */
export function copyButton(text, label) {
  const button = element(
    'button',
    { type: 'button', class: 'copy', 'aria-label': label, click: copy },
    'Copy',
  )

  async function copy() {
    // `clipboard` exists in secure contexts only, and the browser may deny it there too
    // (https://developer.mozilla.org/docs/Web/API/Clipboard).
    const copied = await Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => true,
      () => false,
    )
    button.textContent = copied ? 'Copied' : 'Not allowed'
    setTimeout(() => (button.textContent = 'Copy'), 1500)
  }
  return button
}

/**
 * A value for use elsewhere. One click selects it, and a button copies it.
 *
 * @param {string} label
 * @param {string} text
 */
export function copyableValue(label, text) {
  return element(
    'div',
    { class: 'copyable' },
    element('dt', {}, label),
    element('dd', {}, element('code', {}, text), copyButton(text, `Copy ${label}`)),
  )
}
