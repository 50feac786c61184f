/** @import { Child } from './element.js' */
import { element } from './element.js'
import { redraw } from './redraw.js'
import { sentenceOf } from './request.js'

/** Nobody reads more rows than this, and a site may define any number of attributes. */
const mostRows = 500

/**
 * A page of the settings: an explanation, a form, and a list that is loaded again whenever messages arrive.
 *
 * @template Item
 * @param {{
 *   about: string, form: HTMLElement | null, listTitle: string, empty: string,
 *   load: () => Promise<Item[]>, row: (item: Item) => HTMLElement,
 * }} parts `row` makes a list item
 */
export function createSettingsPage({ about, form, listTitle, empty, load, row }) {
  const list = element('div', { class: 'settings-list' })
  const problem = element('p', { class: 'problem', role: 'alert' })
  const done = element('p', { class: 'done', role: 'status' })
  /** The data in the list, as JSON. The list is redrawn only if it differs. */
  let drawn = ''

  async function refresh() {
    try {
      draw(await load())
    } catch (error) {
      problem.textContent = sentenceOf(error)
    }
  }

  /** @param {Item[]} items */
  function draw(items) {
    const now = JSON.stringify(items)
    if (now === drawn) return
    drawn = now
    redraw(
      list,
      items.length === 0
        ? element('p', { class: 'nothing' }, empty)
        : element(
            'ul',
            { class: 'settings-rows', 'aria-label': listTitle },
            ...items.slice(0, mostRows).map(row),
          ),
      items.length > mostRows && element('p', { class: 'nothing' }, `and ${items.length - mostRows} more`),
    )
  }

  /**
   * Performs a change, then shows the new list and a confirmation, or the error.
   *
   * @param {() => Promise<unknown>} work
   * @param {string} words
   * @returns {Promise<boolean>} whether the change succeeded
   */
  async function attempt(work, words) {
    try {
      await work()
      problem.textContent = ''
      done.textContent = words
      await refresh()
      return true
    } catch (error) {
      done.textContent = ''
      problem.textContent = sentenceOf(error)
      return false
    }
  }

  return {
    element: element('div', {}, element('p', { class: 'about' }, about), form, problem, done, list),
    refresh,
    attempt,
  }
}

/**
 * A form that calls `submit` instead of loading another page.
 *
 * @param {string} label
 * @param {() => void} submit
 * @param {...Child} children
 */
export const settingsForm = (label, submit, ...children) =>
  element(
    'form',
    {
      class: 'settings-form',
      'aria-label': label,
      submit: (/** @type {Event} */ event) => {
        event.preventDefault()
        submit()
      },
    },
    ...children,
  )
