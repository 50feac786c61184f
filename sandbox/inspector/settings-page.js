/** @import { Child } from './element.js' */
import { element } from './element.js'
import { redraw } from './redraw.js'
import { sentenceOf } from './request.js'

/** More rows than this nobody reads: sites define as many as they like. */
const mostRows = 500

/**
 * A page of the settings: what it is about, a form that stays as it is, and a list that is read again and again.
 *
 * @template Item
 * @param {{
 *   about: string, form: HTMLElement, listTitle: string, empty: string,
 *   load: () => Promise<Item[]>, row: (item: Item) => HTMLElement,
 * }} parts `row` makes a list item
 */
export function createSettingsPage({ about, form, listTitle, empty, load, row }) {
  const list = element('div', { class: 'settings-list' })
  const problem = element('p', { class: 'problem', role: 'alert' })
  const done = element('p', { class: 'done', role: 'status' })
  /** What is shown, to leave it alone while that stays the same. */
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
   * Does what was asked for, shows what came of it, and says so.
   *
   * @param {() => Promise<unknown>} work
   * @param {string} words
   * @returns {Promise<boolean>} whether it was done
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
 * A form that does something else than to load another page.
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
