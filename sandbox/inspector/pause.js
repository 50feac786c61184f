/** @import { LoggedMessage } from './message-log.js' */
import { element } from './element.js'

/**
 * Pauses the list while somebody reads. The log still adds messages, and the button shows their number.
 *
 * @param {() => void} changed
 */
export function createPause(changed) {
  /** @type {number | null} the newest message at the time of the pause */
  let newest = null
  let wanted = false
  const button = element(
    'button',
    { type: 'button', class: 'pause', 'aria-pressed': 'false', click: toggle },
    'Pause',
  )

  function toggle() {
    wanted = !wanted
    if (!wanted) newest = null
    button.setAttribute('aria-pressed', String(wanted))
    changed()
  }

  return {
    element: button,
    /** @param {LoggedMessage} message */
    shows: ({ entry }) => newest === null || Number(entry.id) <= newest,
    /** @param {LoggedMessage[]} messages all messages, newest first */
    count(messages) {
      if (!wanted) {
        button.textContent = 'Pause'
        return
      }
      const paused = newest ?? Number(messages[0]?.entry.id ?? 0)
      newest = paused
      const waiting = messages.filter(({ entry }) => Number(entry.id) > paused).length
      button.textContent = waiting ? `Resume (${waiting} new)` : 'Resume'
    },
  }
}
