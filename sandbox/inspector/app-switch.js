/** @import { App } from '../api-types.ts' */
import { element } from './element.js'

/** Test runs leave hundreds of apps behind; nobody looks for the older ones in a menu. */
const offered = 100

/**
 * The app that is shown, and the way to another one: the newest, since `?app=ID` opens any.
 *
 * @param {App} app
 * @param {App[]} apps
 */
export function createAppSwitch(app, apps) {
  if (apps.length < 2) return element('span', { class: 'app-name', title: `App ${app.id}` }, app.name)
  const [first, ...others] = apps
  const shown = [...new Set([first, app, ...others.reverse()])]
    .filter((one) => one !== undefined)
    .slice(0, offered)
  return element(
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

  /** Another app is another page: nothing of this one's state belongs there. @param {{ target: HTMLSelectElement }} event */
  function open({ target }) {
    location.assign(`/?app=${encodeURIComponent(target.value)}`)
  }
}
