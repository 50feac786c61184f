/** @import { App } from '../api-types.ts' */
/** @import { Api } from './api.js' */
/** @import { MessageLog } from './message-log.js' */
import { connectCard } from './connect-card.js'
import { element } from './element.js'
import { createFaultPanel } from './fault-panel.js'
import { listKeys } from './list-keys.js'
import { messageDetail } from './message-detail.js'
import { createMessageFilter } from './message-filter.js'
import { messageFromHistory } from './message-history.js'
import { createMessageList } from './message-list.js'
import { createOlderMessages } from './older-messages.js'
import { createPause } from './pause.js'
import { redraw } from './redraw.js'
import { hrefTo } from './route.js'

/**
 * The live message list, and beside it the open message.
 *
 * @param {{ app: App, api: Api, log: MessageLog }} parts
 */
export function createMessageView({ app, api, log }) {
  /** @type {string | null} */
  let openId = null
  /** Identifies the content of the pane, which is redrawn only if this differs. @type {string | null} */
  let drawn = null
  let drawingSoon = false

  const filter = createMessageFilter(draw)
  const pause = createPause(draw)
  const older = createOlderMessages(api, log, draw)
  const faults = createFaultPanel(api)
  const list = createMessageList(
    log,
    (message) => filter.matches(message) && pause.shows(message),
    older.rows,
  )
  const note = element('p', { class: 'note', role: 'status' })
  const pane = element('div', { class: 'pane detail-pane', tabindex: -1 })
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
    pane,
  )

  function draw() {
    const shown = list.draw()
    pause.count(log.newestFirst())
    view.classList.toggle('empty', log.size === 0 && !faults.isOpen())
    older.update()
    if (log.size === 0) note.textContent = ''
    else note.textContent = shown === 0 ? 'No message matches the filter.' : ''
  }

  async function drawPane() {
    const id = openId
    const known = id === null ? undefined : log.get(id)
    // Messages arrive all the time. The pane is redrawn only if it changes, or the reader would lose a selection in it.
    const now =
      id === null
        ? `no message of ${Math.min(log.size, 1)}, key ${app.apiKey} ${app.revoked}`
        : `${id}, ${known && log.arrivalsOf(known)} arrivals`
    if (now === drawn) return
    drawn = now
    const message = known ?? (id === null ? undefined : await messageFromHistory(api, id))
    if (now !== drawn) return
    view.classList.toggle('open', id !== null)
    if (message) redraw(pane, backLink(), messageDetail(message, log.arrivalsOf(message)))
    else if (id !== null)
      pane.replaceChildren(
        backLink(),
        element('p', { class: 'nothing' }, 'The sandbox has no message with this id.'),
      )
    else if (log.size === 0) pane.replaceChildren(connectCard(app, 'No messages yet'))
    else pane.replaceChildren(connectCard(app, 'Select a message', 'Arrow keys and Enter work too. '))
  }

  // The open message follows the arrow keys, without a history entry for every row.
  listKeys(list.element, (link) => {
    if (openId !== null) location.replace(link.href)
  })
  document.addEventListener('keydown', (event) => {
    if (view.hidden || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)
      return
    if (event.key === '/') {
      event.preventDefault()
      filter.focus()
    } else if (event.key === 'Escape' && openId !== null) {
      location.hash = hrefTo('messages')
    }
  })

  return {
    element: view,
    /**
     * @param {string | null} id
     * @param {URLSearchParams} query
     */
    show(id, query) {
      if (id !== openId) pane.scrollTop = 0
      openId = id
      list.select(id)
      faults.show(query)
      draw()
      void drawPane()
    },
    /** Draws a burst of messages once. Uses a timer, because a hidden tab gets no animation frames. */
    messagesArrived() {
      faults.refreshSoon()
      if (drawingSoon) return
      drawingSoon = true
      setTimeout(() => {
        drawingSoon = false
        draw()
        void drawPane()
      }, 30)
    },
  }
}

const backLink = () => element('a', { class: 'back', href: hrefTo('messages') }, '‹ Messages')

function columnTitles() {
  const titles = ['Time', 'Type', 'Name', 'User', 'Answer', 'Try', 'Delay']
  return element(
    'div',
    { class: 'column-titles', 'aria-hidden': 'true' },
    ...titles.map((title) => element('span', {}, title)),
  )
}
