/** @import { App } from '../api-types.ts' */
import { element } from './element.js'

/** Test runs create hundreds of apps, too many for a menu. `?app=ID` opens any of them. */
const offered = 100

/**
 * A menu of apps: the first, the open one, and the newest.
 *
 * @param {App} app
 * @param {App[]} apps
 */
export function createAppSwitch(app, apps) {
  if (apps.length < 2) {
    return element(
      'span',
      { class: 'app-name', title: `App ${app.id}` },
      'App: ',
      element('strong', {}, app.name),
    )
  }
  const [first, ...others] = apps
  const shown = [...new Set([first, app, ...others.reverse()])]
    .filter((one) => one !== undefined)
    .slice(0, offered)
  const menu = element(
    'select',
    { class: 'app-switch', 'aria-label': 'App', 'data-testid': 'app-switch', change: open },
    ...shown.map(({ id, name }) =>
      element(
        'option',
        { value: id, selected: id === app.id },
        name === id ? id : `${name} · ${id.slice(0, 8)}`,
      ),
    ),
  )
  return element('label', {}, element('span', { class: 'app-name' }, 'App: '), menu)

  /** Opens another app as a new page, so that no state of this app remains. @param {{ target: HTMLSelectElement }} event */
  function open({ target }) {
    location.assign(`/?app=${encodeURIComponent(target.value)}`)
  }
}
