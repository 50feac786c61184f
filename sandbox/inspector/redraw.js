/** @import { Child } from './element.js' */

/**
 * Replaces the children of a container, and keeps the reader's place: focus, unfolded details and scroll position.
 *
 * It recognises a control by its `data-focus` or `href`.
 *
 * @param {HTMLElement} container
 * @param {...Child} children
 */
export function redraw(container, ...children) {
  const focused = container.contains(document.activeElement) && nameOf(document.activeElement)
  const unfolded = new Set([...container.querySelectorAll('details[open]')].map(keyOf))
  const { scrollTop } = container

  container.replaceChildren(...children.filter((child) => child instanceof Node))

  for (const details of container.querySelectorAll('details')) details.open = unfolded.has(keyOf(details))
  const controls = [...container.querySelectorAll('a, button, select, summary')]
  const again = focused ? controls.find((control) => nameOf(control) === focused) : undefined
  if (again instanceof HTMLElement) again.focus({ preventScroll: true })
  container.scrollTop = scrollTop
}

/** @param {Element} details */
const keyOf = (details) => /** @type {HTMLElement} */ (details).dataset.key

/** @param {Element | null} control */
const nameOf = (control) =>
  control?.getAttribute('data-focus') ??
  control?.getAttribute('href') ??
  control?.parentElement?.getAttribute('data-key')
