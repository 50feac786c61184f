import { element } from './element.js'

/** Names come from strangers, and may be as long as a page. */
const longest = 60

/**
 * A menu of names that grow while the page is open. What was chosen stays, even where it is not offered.
 *
 * @param {string} name
 * @param {string} label
 * @param {string} none what it says where nothing is chosen
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
