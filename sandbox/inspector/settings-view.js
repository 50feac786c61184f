/** @import { App } from '../api-types.ts' */
/** @import { Api } from './api.js' */
/** @import { Place } from './settings-places.js' */
import { createAttributeSettings } from './attribute-settings.js'
import { createDomainSettings } from './domain-settings.js'
import { element } from './element.js'
import { createEventSettings } from './event-settings.js'
import { createKeySettings } from './key-settings.js'
import { listKeys } from './list-keys.js'
import { hrefTo } from './route.js'
import { places } from './settings-places.js'
import { createSwitchSettings } from './switch-settings.js'
import { createTokenSettings } from './token-settings.js'

/**
 * The settings of the app, in the same places as in UserEngage.
 *
 * @param {{ app: App, api: Api }} parts
 */
export function createSettingsView({ app, api }) {
  const pages = {
    'segment-api-keys': createKeySettings({ app, api }),
    'public-api': createTokenSettings(api),
    domains: createDomainSettings(api),
    'client-attributes': createAttributeSettings(api, 'clientuser'),
    events: createEventSettings(api),
    'event-attributes': createAttributeSettings(api, 'event'),
    'company-attributes': createAttributeSettings(api, 'company'),
    'rest-switches': createSwitchSettings(api),
  }
  /** @type {Place} */
  let open = places[0]

  const menu = element('nav', { 'aria-label': 'App settings', class: 'settings-menu' }, ...groups())
  const pane = element('div', { class: 'pane detail-pane', tabindex: -1 })
  const view = element(
    'div',
    { class: 'split settings-view', 'data-testid': 'settings-view' },
    element('div', { class: 'pane list-pane' }, element('h2', {}, 'App settings'), menu),
    pane,
  )
  listKeys(menu)

  function drawPane() {
    const page = pages[open.key]
    pane.replaceChildren(
      element('a', { class: 'back', href: hrefTo('settings') }, '‹ App settings'),
      element(
        'article',
        { class: 'detail settings', 'aria-label': open.title, 'data-testid': 'settings-page' },
        element('p', { class: 'crumbs' }, `App settings › ${open.group}`),
        element('h2', {}, open.title),
        page.element,
      ),
    )
  }

  return {
    element: view,
    refresh: () => void pages[open.key].refresh(),
    /** @param {string | null} key */
    show(key) {
      const wanted = places.find((place) => place.key === key) ?? places[0]
      view.classList.toggle('open', key !== null)
      for (const link of menu.querySelectorAll('a')) {
        if (link.dataset.key === wanted.key) link.setAttribute('aria-current', 'page')
        else link.removeAttribute('aria-current')
      }
      if (wanted !== open || pane.childElementCount === 0) {
        open = wanted
        drawPane()
        pane.scrollTop = 0
      }
      void pages[open.key].refresh()
    },
  }
}

function groups() {
  const names = [...new Set(places.map(({ group }) => group))]
  return names.map((name) =>
    element(
      'section',
      {},
      element('h3', {}, name),
      element(
        'ul',
        {},
        ...places
          .filter(({ group }) => group === name)
          .map(({ key, title }) =>
            element(
              'li',
              {},
              element(
                'a',
                { href: hrefTo('settings', key), 'data-key': key, 'data-testid': `settings-${key}` },
                title,
              ),
            ),
          ),
      ),
    ),
  )
}
