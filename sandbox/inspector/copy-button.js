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
    // The clipboard is only there in a secure context, and may be forbidden even there.
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
 * A value to be used elsewhere, selectable by one click and copyable by another.
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
