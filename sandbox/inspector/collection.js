/** @import { App } from './shapes.js' */
/** @import { Section } from './route.js' */
import { connectCard } from './connect-card.js'
import { element } from './element.js'
import { listKeys } from './list-keys.js'
import { redraw } from './redraw.js'
import { hrefTo } from './route.js'

/** More rows than this nobody reads: the filter finds the others. */
const maxRows = 500

/**
 * A list of things, and beside it the one that was opened. It is read again whenever messages arrive.
 *
 * @template Item
 * @param {{
 *   app: App, section: Section, title: string, load: () => Promise<Item[]>,
 *   keyOf: (item: Item) => string, row: (item: Item) => HTMLElement, page: (item: Item) => Promise<HTMLElement>,
 * }} parts `row` makes a list item with a link; `page` what is shown when it is opened
 */
export function createCollection({ app, section, title, load, keyOf, row, page }) {
  /** @type {Item[]} */
  let items = []
  /** @type {string | null} */
  let openKey = null
  let reading = 0

  const search = element('input', {
    type: 'search',
    id: `${section}-search`,
    placeholder: 'Filter',
    'aria-label': `Filter ${section} by text`,
    autocomplete: 'off',
    input: drawList,
  })
  const list = element('ol', { class: 'rows', 'aria-label': title })
  const note = element('p', { class: 'note', role: 'status' })
  const listPane = element(
    'div',
    { class: 'pane list-pane' },
    element('div', { class: 'toolbar' }, search),
    list,
    note,
  )
  const pane = element('div', { class: 'pane detail-pane', tabindex: -1 })
  const view = element('div', { class: 'split', 'data-testid': `${section}-view` }, listPane, pane)
  listKeys(list, (link) => openKey !== null && location.replace(link.href))

  function drawList() {
    const wanted = search.value.trim().toLowerCase()
    const found = items.filter((item) => wanted === '' || JSON.stringify(item).toLowerCase().includes(wanted))
    redraw(list, ...found.slice(0, maxRows).map(row))
    for (const link of list.querySelectorAll('a')) {
      if (link.dataset.key === openKey) link.setAttribute('aria-current', 'true')
    }
    note.textContent =
      items.length > 0 && found.length === 0 ? `None of ${items.length} ${section} matches.` : ''
    if (found.length > maxRows) note.textContent = `${found.length - maxRows} more: filter to see them.`
  }

  async function drawPane() {
    const item = items.find((one) => keyOf(one) === openKey)
    const mine = ++reading
    const shown = item ? await page(item) : undefined
    // Another one may have been opened while this one's page was read.
    if (mine !== reading) return
    view.classList.toggle('open', openKey !== null)
    if (shown) redraw(pane, backLink(), shown)
    else if (openKey !== null)
      redraw(pane, backLink(), nothing('Not here (yet). It appears as soon as a message creates it.'))
    else if (items.length === 0) redraw(pane, connectCard(app, `No ${section} yet`))
    else redraw(pane, nothing(`Select one of ${items.length} ${section}.`))
  }

  async function refresh() {
    try {
      items = await load()
      view.classList.toggle('empty', items.length === 0)
      drawList()
      await drawPane()
    } catch {
      note.textContent = 'The sandbox does not answer. What is shown may be old.'
    }
  }

  const backLink = () => element('a', { class: 'back', href: hrefTo(section) }, `‹ ${title}`)

  return {
    element: view,
    refresh,
    /** @param {string | null} key */
    show(key) {
      if (key !== openKey) pane.scrollTop = 0
      openKey = key
      // At once from what is known, then from what there is by now.
      drawList()
      if (items.length > 0) drawPane()
      refresh()
    },
  }
}

/** @param {string} words */
const nothing = (words) => element('p', { class: 'nothing' }, words)
