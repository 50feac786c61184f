/** @import { App } from '../api-types.ts' */
/** @import { Api } from './api.js' */
/** @import { Log, Logged } from './log.js' */
import { element } from './element.js'
import { createFaultPanel } from './fault-panel.js'
import { listKeys } from './list-keys.js'
import { createMessageFilter } from './message-filter.js'
import { createMessageList } from './message-list.js'
import { createMessagePane } from './message-pane.js'
import { createOlderMessages } from './older-messages.js'
import { createPause } from './pause.js'
import { hrefTo } from './route.js'

/**
 * The live list of messages and REST requests, and beside it the open one.
 *
 * @param {{ app: App, api: Api, log: Log }} parts
 */
export function createMessageView({ app, api, log }) {
  /** @type {string | null} */
  let openKey = null
  let drawingSoon = false

  const filter = createMessageFilter(draw)
  const pause = createPause(draw)
  const older = createOlderMessages(api, log, draw)
  const faults = createFaultPanel(api)
  const list = createMessageList(
    log,
    (logged) => filter.matches(logged) && pause.shows(logged.key),
    older.rows,
  )
  const note = element('p', { class: 'note', role: 'status' })
  const pane = createMessagePane({ app, api, log })
  const view = element(
    'div',
    { class: 'split messages-view' },
    element(
      'div',
      { class: 'pane list-pane' },
      element('div', { class: 'toolbar' }, filter.element, faults.button, pause.element),
      faults.panel,
      columnTitles(),
      list.element,
      note,
      older.element,
    ),
    pane.element,
  )

  function draw() {
    const shown = list.draw()
    const isEmpty = log.newestFirst().length === 0
    view.classList.toggle('empty', isEmpty && !faults.isOpen())
    older.update()
    note.textContent = shown === 0 && !isEmpty ? 'No message matches the filter.' : ''
  }

  // The open message follows the arrow keys, without a history entry for every row.
  listKeys(list.element, (link) => {
    if (openKey !== null) location.replace(link.href)
  })
  document.addEventListener('keydown', (event) => {
    if (view.hidden || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)
      return
    if (event.key === '/') {
      event.preventDefault()
      filter.focus()
    } else if (event.key === 'Escape' && openKey !== null) {
      location.hash = hrefTo('messages')
    }
  })

  return {
    element: view,
    /**
     * @param {string | null} key
     * @param {URLSearchParams} query
     */
    show(key, query) {
      openKey = key
      view.classList.toggle('open', key !== null)
      list.select(key)
      faults.show(query)
      draw()
      pane.show(key)
    },
    /** Draws a burst of messages once. Uses a timer, because a hidden tab gets no animation frames. @param {Logged} logged */
    arrived({ key }) {
      pause.arrived(key)
      faults.refreshSoon()
      if (drawingSoon) return
      drawingSoon = true
      setTimeout(() => {
        drawingSoon = false
        draw()
        void pane.draw()
      }, 30)
    },
  }
}

function columnTitles() {
  const titles = ['Time', 'Type', 'Name', 'User', 'Answer', 'Try', 'Delay']
  return element(
    'div',
    { class: 'column-titles', 'aria-hidden': 'true' },
    ...titles.map((title) => element('span', {}, title)),
  )
}
