/** @import { Part } from '../api-types.ts' */
/** @import { Section } from './route.js' */
import { debounced } from './debounced.js'
import { element } from './element.js'
import { listKeys } from './list-keys.js'
import { redraw } from './redraw.js'
import { hrefTo } from './route.js'

const firstRows = 100
/** Nobody scrolls through more rows than this: the filter finds the others. */
const mostRows = 500

/** @type {Partial<Record<Section, string>>} */
const singular = { profiles: 'profile', companies: 'company', products: 'product' }

/**
 * The list of a collection: search, conditions, rows and their number. The URL contains the search and the conditions.
 *
 * @template Item
 * @param {{
 *   section: Section, title: string,
 *   conditions: { element: HTMLElement, show: (query: URLSearchParams) => void } | undefined,
 *   load: (query: URLSearchParams) => Promise<Part<Item>>,
 *   row: (item: Item, hrefOf: (key: string) => string) => HTMLElement,
 *   changed: () => void,
 * }} parts `changed` is called when the reader wants more rows
 */
export function createCollectionList({ section, title, conditions, load, row, changed }) {
  let limit = firstRows
  /** @type {string | null} */
  let openKey = null
  let query = new URLSearchParams()

  const search = element('input', {
    type: 'search',
    id: `${section}-search`,
    placeholder: 'Search',
    'aria-label': `Search ${section}`,
    autocomplete: 'off',
    input: debounced(250, () => {
      const wanted = new URLSearchParams(query)
      wanted.set('search', search.value.trim())
      location.replace(hrefTo(section, openKey, wanted))
    }),
  })
  const list = element('ol', { class: 'rows', 'aria-label': title })
  const note = element('p', { class: 'note', role: 'status', 'data-testid': `${section}-count` })
  const more = element(
    'button',
    { type: 'button', class: 'more', hidden: true, click: showMore },
    'Show more',
  )
  listKeys(list, (link) => openKey !== null && location.replace(link.href))

  function showMore() {
    limit = Math.min(limit + 200, mostRows)
    changed()
  }

  /** @param {number} found @param {number} total */
  function countOf(found, total) {
    const name = total === 1 ? singular[section] : section
    const all = `${total.toLocaleString('en')} ${name}`
    if (found === 0) return `None of ${all} matches.`
    return found === total ? all : `${found.toLocaleString('en')} of ${all}`
  }

  function mark() {
    for (const link of list.querySelectorAll('a')) {
      if (link.dataset.key === openKey) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    }
  }

  return {
    element: element(
      'div',
      { class: 'pane list-pane' },
      element('div', { class: 'toolbar' }, search),
      conditions?.element,
      note,
      list,
      more,
    ),
    /** @param {URLSearchParams} wanted */
    read: (wanted) => load(new URLSearchParams([...wanted, ['limit', String(limit)]])),

    /**
     * @param {Part<Item>} part
     * @param {string | null} key
     * @param {URLSearchParams} wanted
     */
    draw({ total, found, items }, key, wanted) {
      redraw(list, ...items.map((item) => row(item, (itemKey) => hrefTo(section, itemKey, wanted))))
      openKey = key
      mark()
      more.hidden = items.length === found || items.length >= mostRows
      note.textContent = total === 0 ? '' : countOf(found, total)
    },
    /** @param {string} words */
    say(words) {
      note.textContent = `${words} The list may be out of date.`
    },
    /**
     * @param {string | null} key
     * @param {URLSearchParams} wanted
     */
    show(key, wanted) {
      if (wanted.toString() !== query.toString()) limit = firstRows
      openKey = key
      query = wanted
      if (document.activeElement !== search) search.value = wanted.get('search') ?? ''
      conditions?.show(wanted)
      mark()
    },
  }
}
