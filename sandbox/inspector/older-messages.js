/** @import { Api } from './api.js' */
/** @import { MessageLog } from './message-log.js' */
import { element } from './element.js'

const atATime = 500

/**
 * A button that loads older messages step by step: a sandbox may have more messages than a page can hold.
 *
 * @param {Api} api
 * @param {MessageLog} log
 * @param {() => void} changed
 */
export function createOlderMessages(api, log, changed) {
  let rows = atATime
  let reachedFirst = false
  const button = element('button', { type: 'button', class: 'more', click: step }, 'Show older messages')

  async function step() {
    button.disabled = true
    rows += atATime
    try {
      if (log.size < rows) {
        const older = await api.messagesBefore(log.firstId(), atATime)
        reachedFirst = older.length < atATime
        log.addOlder(older)
      }
      button.textContent = 'Show older messages'
    } catch {
      button.textContent = 'The sandbox does not answer. Try again'
    }
    button.disabled = false
    changed()
  }

  return {
    element: button,
    /** The most rows that the list may show now. */
    rows: () => rows,
    update() {
      button.hidden = log.size < atATime || (reachedFirst && log.size <= rows)
    },
  }
}
