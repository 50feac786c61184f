import { element } from './element.js'

/**
 * Pauses the list while somebody reads. The log still adds messages and requests, and the button shows their number.
 *
 * @param {() => void} changed
 */
export function createPause(changed) {
  /** The keys of those that arrived since. @type {Set<string>} */
  const waiting = new Set()
  let isPaused = false
  const button = element(
    'button',
    { type: 'button', class: 'pause', 'aria-pressed': 'false', click: toggle },
    'Pause',
  )

  function toggle() {
    isPaused = !isPaused
    waiting.clear()
    button.setAttribute('aria-pressed', String(isPaused))
    draw()
    changed()
  }

  function draw() {
    if (!isPaused) button.textContent = 'Pause'
    else button.textContent = waiting.size > 0 ? `Resume (${waiting.size} new)` : 'Resume'
  }

  return {
    element: button,
    /** @param {string} key */
    shows: (key) => !waiting.has(key),
    /** @param {string} key */
    arrived(key) {
      if (isPaused) waiting.add(key)
      draw()
    },
  }
}
