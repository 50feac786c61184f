/** @import { App } from '../api-types.ts' */
/** @import { Api } from './api.js' */
/** @import { Log, Logged } from './log.js' */
import { connectCard } from './connect-card.js'
import { element } from './element.js'
import { messageDetail } from './message-detail.js'
import { fromHistory } from './message-history.js'
import { redraw } from './redraw.js'
import { requestDetail } from './request-detail.js'
import { hrefTo } from './route.js'

/**
 * The pane of the open message or REST request. Without one it says how to connect a site.
 *
 * @param {{ app: App, api: Api, log: Log }} parts
 */
export function createMessagePane({ app, api, log }) {
  /** @type {string | null} */
  let openKey = null
  /** Identifies the content of the pane, which is redrawn only if this differs. @type {string | null} */
  let drawn = null
  const pane = element('div', { class: 'pane detail-pane', tabindex: -1 })

  async function draw() {
    const key = openKey
    const known = key === null ? undefined : log.get(key)
    const isEmpty = log.newestFirst().length === 0
    // Messages arrive all the time. The pane is redrawn only if it changes, or the reader would lose a selection in it.
    const now =
      key === null
        ? `none of ${isEmpty ? 0 : 1}, key ${app.apiKey} ${app.revoked}`
        : `${key}, ${known && log.arrivalsOf(known)} arrivals`
    if (now === drawn) return
    drawn = now
    const logged = known ?? (key === null ? undefined : await fromHistory(api, key))
    if (now !== drawn) return
    if (logged) redraw(pane, backLink(), detail(logged))
    else if (key !== null) pane.replaceChildren(backLink(), nothingHere())
    else if (isEmpty) pane.replaceChildren(connectCard(app, 'No messages yet'))
    else pane.replaceChildren(connectCard(app, 'Select a message', 'Arrow keys and Enter work too. '))
  }

  /** @param {Logged} logged */
  const detail = (logged) =>
    'request' in logged ? requestDetail(logged) : messageDetail(logged, log.arrivalsOf(logged))

  return {
    element: pane,
    draw,
    /** @param {string | null} key */
    show(key) {
      if (key !== openKey) pane.scrollTop = 0
      openKey = key
      void draw()
    },
  }
}

const backLink = () => element('a', { class: 'back', href: hrefTo('messages') }, '‹ Messages')
const nothingHere = () =>
  element('p', { class: 'nothing' }, 'The sandbox has no message and no REST request with this id.')
