/** @import { LoggedMessage, MessageLog } from './message-log.js' */
import { element } from './element.js'
import { messageRow } from './message-row.js'

/**
 * The rows of the stream, newest first.
 *
 * @param {MessageLog} log
 * @param {(message: LoggedMessage) => boolean} takes
 * @param {() => number} maxRows
 */
export function createMessageList(log, takes, maxRows) {
  /** @type {Map<LoggedMessage, HTMLElement>} */
  const rows = new Map()
  /** @type {string | null} */
  let selectedId = null
  const list = element('ol', {
    class: 'messages',
    'aria-label': 'Messages, newest first',
    'data-testid': 'messages',
  })

  /** Rows that stay are not touched: focus, selection and scroll position live in them. */
  function draw() {
    const wanted = log.newestFirst().filter(takes).slice(0, maxRows())
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
      else list.insertBefore(row ?? made(message), next)
    }
    mark()
    return wanted.length
  }

  /** @param {LoggedMessage} message */
  function made(message) {
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
