import { element } from './element.js'

/** Sites choose the names, so a name may be very long. */
const longest = 60

/**
 * A menu of names. The offered names change while the page is open; the chosen name stays, even if it is not offered.
 *
 * @param {string} name
 * @param {string} label
 * @param {string} none the label of no choice
 */
export function createChoice(name, label, none) {
  const select = element('select', { name, 'aria-label': label })
  /** @type {string[]} */
  let offered = []

  /** @param {string} chosen */
  function draw(chosen) {
    const names = chosen === '' || offered.includes(chosen) ? offered : [chosen, ...offered]
    select.replaceChildren(
      ...['', ...names].map((value) =>
        element('option', { value, selected: value === chosen }, value === '' ? none : shortened(value)),
      ),
    )
    select.value = chosen
  }
  draw('')

  return {
    element: select,
    /** @param {string[]} names */
    offer(names) {
      if (names.join('\n') === offered.join('\n')) return
      offered = names
      draw(select.value)
    },
    /** @param {string} chosen */
    set(chosen) {
      if (select.value !== chosen) draw(chosen)
    },
  }
}

/** @param {string} text */
const shortened = (text) => (text.length > longest ? `${text.slice(0, longest)}…` : text)
