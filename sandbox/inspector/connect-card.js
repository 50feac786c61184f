/** @import { App } from '../api-types.ts' */
import { copyableValue } from './copy-button.js'
import { element } from './element.js'
import { hrefTo } from './route.js'

/** @param {App} app */
export const shopHref = (app) => `/demo/?app=${encodeURIComponent(app.id)}`

/**
 * The settings that a site needs to send its messages here.
 *
 * @param {App} app
 * @param {string} title
 * @param {string} [hint]
 */
export function connectCard(app, title, hint) {
  return element(
    'section',
    { class: 'connect', 'aria-label': 'Connect a site', 'data-testid': 'connect' },
    element('h2', {}, title),
    element(
      'p',
      {},
      hint ?? '',
      'Open the ',
      element('a', { href: shopHref(app) }, 'demo shop'),
      ' and click around, or point your own site at:',
    ),
    element(
      'dl',
      {},
      copyableValue('Endpoint', `${location.origin}/api/segment/`),
      copyableValue('API key', app.apiKey),
      copyableValue('REST token', app.token),
    ),
    app.revoked &&
      element(
        'p',
        { class: 'problem' },
        'The API key is revoked. ',
        element('a', { href: hrefTo('settings', 'segment-api-keys') }, 'Restore it, or generate another'),
      ),
    element(
      'p',
      { class: 'then' },
      'Does it cope with failures? ',
      element('a', { href: hrefTo('messages', null, { faults: 'open' }) }, 'Make its next messages fail'),
    ),
  )
}
