/** @import { App, Part } from '../api-types.ts' */
/** @import { Section } from './route.js' */

import { createCollectionList } from './collection-list.js'
import { connectCard } from './connect-card.js'
import { element } from './element.js'
import { redraw } from './redraw.js'
import { RequestError, sentenceOf } from './request.js'
import { hrefTo } from './route.js'

/**
 * A list of items, and beside it the open item. Both are loaded again whenever messages arrive.
 *
 * @template Item, Detail
 * @param {{
 *   app: App, section: Section, title: string,
 *   conditions?: { element: HTMLElement, show: (query: URLSearchParams) => void },
 *   load: (query: URLSearchParams) => Promise<Part<Item>>,
 *   row: (item: Item, hrefOf: (key: string) => string) => HTMLElement,
 *   read: (key: string) => Promise<Detail>, page: (detail: Detail) => HTMLElement, hint?: string,
 * }} parts `hint` says how to get items; `row` makes a list item with a link; `page` shows the detail that `read` loads
 */
export function createCollection({ app, section, title, conditions, load, row, read, page, hint }) {
  /** @type {string | null} */
  let openKey = null
  let query = new URLSearchParams()
  /** The data in the pane, as JSON. The pane is redrawn only if it differs. */
  let drawn = ''
  let reading = 0

  const pane = element('div', { class: 'pane detail-pane', tabindex: -1 })
  const list = createCollectionList({ section, title, conditions, load, row, changed: () => void refresh() })
  const view = element('div', { class: 'split', 'data-testid': `${section}-view` }, list.element, pane)

  async function refresh() {
    const mine = ++reading
    const [part, detail] = await Promise.allSettled([
      list.read(query),
      openKey === null ? undefined : read(openKey),
    ])
    // The reader may have opened another item during the request.
    if (mine !== reading) return
    if (part.status === 'fulfilled') list.draw(part.value, openKey, query)
    else list.say(sentenceOf(part.reason))
    const total = part.status === 'fulfilled' ? part.value.total : undefined
    view.classList.toggle('empty', total === 0)
    view.classList.toggle('open', openKey !== null)
    if (detail.status === 'fulfilled') drawPane(detail.value, total)
    else if (detail.reason instanceof RequestError)
      drawPane('Not here (yet). It appears as soon as a message or a REST request creates it.', total)
  }

  /**
   * @param {Detail | string | undefined} detail
   * @param {number | undefined} total
   */
  function drawPane(detail, total) {
    const now = JSON.stringify([openKey, [...query], detail ?? total])
    if (now === drawn) return
    drawn = now
    if (typeof detail === 'string') redraw(pane, backLink(), nothing(detail))
    else if (detail !== undefined) redraw(pane, backLink(), page(detail))
    else if (total === 0) redraw(pane, connectCard(app, `No ${section} yet`, hint))
    else redraw(pane, nothing(`Select one of the ${section}.`))
  }

  const backLink = () => element('a', { class: 'back', href: hrefTo(section, null, query) }, `‹ ${title}`)

  return {
    element: view,
    refresh,
    /**
     * @param {string | null} key
     * @param {URLSearchParams} wanted
     */
    show(key, wanted) {
      if (key !== openKey) pane.scrollTop = 0
      openKey = key
      query = wanted
      list.show(openKey, query)
      void refresh()
    },
  }
}

/** @param {string} words */
const nothing = (words) => element('p', { class: 'nothing' }, words)
