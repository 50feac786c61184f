/** @import { LoggedMessage, MessageLog } from './message-log.js' */
import { element } from './element.js'
import { messageRow } from './message-row.js'

/**
 * The rows of the message list, newest first.
 *
 * @param {MessageLog} log
 * @param {(message: LoggedMessage) => boolean} matches
 * @param {() => number} maxRows
 */
export function createMessageList(log, matches, maxRows) {
  /** @type {Map<LoggedMessage, HTMLElement>} */
  const rows = new Map()
  /** @type {string | null} */
  let selectedId = null
  const list = element('ol', {
    class: 'messages',
    'aria-label': 'Messages, newest first',
    'data-testid': 'messages',
  })

  /** Rows that stay are not moved or replaced, so that they keep focus, selection and scroll position. */
  function draw() {
    const wanted = log.newestFirst().filter(matches).slice(0, maxRows())
    const staying = new Set(wanted)
    for (const [message, row] of rows) {
      if (staying.has(message)) continue
      row.remove()
      rows.delete(message)
    }
    let next = list.firstElementChild
    for (const message of wanted) {
      const row = rows.get(message)
      if (row && row === next) next = next.nextElementSibling
      else list.insertBefore(row ?? addRow(message), next)
    }
    mark()
    return wanted.length
  }

  /** @param {LoggedMessage} message */
  function addRow(message) {
    const row = messageRow(message)
    rows.set(message, row)
    return row
  }

  function mark() {
    for (const link of list.querySelectorAll('a')) {
      if (link.dataset.id === selectedId) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }

  return {
    element: list,
    draw,
    /** @param {string | null} id */
    select(id) {
      selectedId = id
      mark()
    },
  }
}
