/** @import { Child } from './element.js' */

/**
 * Replaces what a container shows, and leaves the reader where they were: the focused link and what they unfolded.
 *
 * @param {HTMLElement} container
 * @param {...Child} children
 */
export function redraw(container, ...children) {
  const focused = container.contains(document.activeElement) && document.activeElement?.getAttribute('href')
  const unfolded = new Set([...container.querySelectorAll('details[open]')].map(keyOf))
  const { scrollTop } = container

  container.replaceChildren(...children.filter((child) => child instanceof Node))

  for (const details of container.querySelectorAll('details')) details.open = unfolded.has(keyOf(details))
  const links = [...container.querySelectorAll('a')]
  if (focused) links.find((link) => link.getAttribute('href') === focused)?.focus({ preventScroll: true })
  container.scrollTop = scrollTop
}

/** @param {Element} details */
const keyOf = (details) => /** @type {HTMLElement} */ (details).dataset.key
