/**
 * Arrow keys, Home and End move the focus among the links of a list. Enter follows the link, as always.
 *
 * @param {HTMLElement} list
 * @param {(link: HTMLAnchorElement) => void} [moved]
 */
export function listKeys(list, moved = () => {}) {
  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const links = [...list.querySelectorAll('a')]
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement))
    const target = links[destination(event.key, at, links.length) ?? -1]
    if (!target) return
    event.preventDefault()
    target.focus()
    moved(target)
  })
}

/**
 * @param {string} key
 * @param {number} at
 * @param {number} count
 */
function destination(key, at, count) {
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(at - 1, 0)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
