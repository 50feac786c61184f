import { fetchApps } from './api.js'
import { element } from './element.js'
import { startInspector } from './inspector.js'

const main = /** @type {HTMLElement} */ (document.getElementById('main'))

/** @param {...import('./element.js').Child} words */
const apologise = (...words) =>
  main.replaceChildren(element('p', { class: 'nothing alone', role: 'alert' }, ...words))

try {
  const apps = await fetchApps()
  const wanted = new URLSearchParams(location.search).get('app')
  const app = wanted === null ? apps[0] : apps.find(({ id }) => id === wanted)
  if (app) await startInspector(app, apps, main)
  else if (wanted === null) apologise('The sandbox has no app yet.')
  else apologise(`There is no app “${wanted}” here. `, element('a', { href: '/' }, 'Open the first one'))
} catch (error) {
  apologise(
    `The sandbox does not answer as it should: ${error instanceof Error ? error.message : error}. `,
    again(),
  )
}

function again() {
  return element('button', { type: 'button', click: () => location.reload() }, 'Try again')
}
