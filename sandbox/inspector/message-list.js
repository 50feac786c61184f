/** @import { Log, Logged } from './log.js' */
import { element } from './element.js'
import { messageRow } from './message-row.js'
import { requestRow } from './request-row.js'

/**
 * The rows of the list of messages and REST requests, newest first.
 *
 * @param {Log} log
 * @param {(logged: Logged) => boolean} matches
 * @param {() => number} maxRows
 */
export function createMessageList(log, matches, maxRows) {
  /** @type {Map<Logged, HTMLElement>} */
  const rows = new Map()
  /** @type {string | null} */
  let selectedKey = null
  const list = element('ol', {
    class: 'messages',
    'aria-label': 'Messages and REST requests, newest first',
    'data-testid': 'messages',
  })

  /** Rows that stay are not moved or replaced, so that they keep focus, selection and scroll position. */
  function draw() {
    const wanted = log.newestFirst().filter(matches).slice(0, maxRows())
    const staying = new Set(wanted)
    for (const [logged, row] of rows) {
      if (staying.has(logged)) continue
      row.remove()
      rows.delete(logged)
    }
    let next = list.firstElementChild
    for (const logged of wanted) {
      const row = rows.get(logged)
      if (row && row === next) next = next.nextElementSibling
      else list.insertBefore(row ?? addRow(logged), next)
    }
    mark()
    return wanted.length
  }

  /** @param {Logged} logged */
  function addRow(logged) {
    const row = 'request' in logged ? requestRow(logged) : messageRow(logged)
    rows.set(logged, row)
    return row
  }

  function mark() {
    for (const link of list.querySelectorAll('a')) {
      if (link.dataset.key === selectedKey) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }

  return {
    element: list,
    draw,
    /** @param {string | null} key */
    select(key) {
      selectedKey = key
      mark()
    },
  }
}
