import { element } from '../inspector/element.js'

/**
 * A labelled field. It is prefilled, so that one click sends the form.
 *
 * @param {string} label
 * @param {string} name
 * @param {string} value
 * @param {Record<string, string | boolean>} [attributes]
 */
export function field(label, name, value, attributes = {}) {
  return element('label', {}, element('span', {}, label), element('input', { name, value, ...attributes }))
}

/**
 * @param {string} label
 * @param {string} name
 * @param {string[]} choices the first one is chosen
 */
export function choice(label, name, choices) {
  const options = choices.map((value) => element('option', { value }, value))
  return element('label', {}, element('span', {}, label), element('select', { name }, ...options))
}

/**
 * A form that passes its values to `send`, without empty fields.
 *
 * @param {string} label
 * @param {(values: Record<string, string>) => void} send
 * @param {...import('../inspector/element.js').Child} children
 */
export function form(label, send, ...children) {
  return element('form', { 'aria-label': label, submit: submit }, ...children)

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault()
    const filled = [...new FormData(/** @type {HTMLFormElement} */ (event.target))]
    send(
      Object.fromEntries(
        filled.map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value),
      ),
    )
  }
}
