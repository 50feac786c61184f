/** @import { LoggedMessage } from './message-log.js' */
import { element } from './element.js'

/**
 * Holds the list still while somebody reads. Messages are still taken meanwhile, and counted on the button.
 *
 * @param {() => void} changed
 */
export function createPause(changed) {
  /** @type {WeakSet<LoggedMessage> | null} what was there when the list was paused */
  let kept = null
  let wanted = false
  const button = element(
    'button',
    { type: 'button', class: 'pause', 'aria-pressed': 'false', click: toggle },
    'Pause',
  )

  function toggle() {
    wanted = !wanted
    if (!wanted) kept = null
    button.setAttribute('aria-pressed', String(wanted))
    changed()
  }

  return {
    element: button,
    /** @param {LoggedMessage} message */
    shows: (message) => kept === null || kept.has(message),
    /** @param {LoggedMessage[]} messages all that there are now */
    count(messages) {
      if (!wanted) {
        button.textContent = 'Pause'
        return
      }
      kept ??= new WeakSet(messages)
      const waiting = messages.filter((message) => !kept?.has(message)).length
      button.textContent = waiting ? `Resume (${waiting} new)` : 'Resume'
    },
  }
}
