/** @import { Scope, Token } from '../rest-types.ts' */
/** @import { Api } from './api.js' */
import { ago } from './clock.js'
import { copyButton } from './copy-button.js'
import { element } from './element.js'
import { createSettingsPage, settingsForm } from './settings-page.js'

/** What a token may do. @type {Record<Scope, string>} */
const scopes = { full: 'reads and writes', read: 'only reads', write: 'only writes' }

/** @param {Api} api */
export function createTokenSettings(api) {
  const scope = element(
    'select',
    { 'aria-label': 'What it may do' },
    ...Object.entries(scopes).map(([value, words]) => element('option', { value }, words)),
  )
  const page = createSettingsPage({
    about:
      'A backend sends one of these tokens with every request to /api/public/, as "Authorization: Token <token>". The sandbox answers 403 to what a token may not do, and 401 to a token that it did not generate.',
    form: settingsForm(
      'Generate a token',
      () =>
        page.attempt(() => api.generateToken(/** @type {Scope} */ (scope.value)), 'A token was generated.'),
      scope,
      element('button', { type: 'submit', class: 'primary' }, 'Generate token'),
    ),
    listTitle: 'REST tokens, newest first',
    empty: 'No token.',
    load: async () => (await api.tokens()).reverse(),
    row,
  })
  return page
}

/** @param {Token} token */
const row = ({ token, scope, createdAt }) =>
  element(
    'li',
    { 'data-testid': 'rest-token', 'data-token': token },
    element(
      'div',
      { class: 'what' },
      element('code', {}, token),
      element(
        'span',
        { class: 'aside' },
        scopes[scope],
        createdAt === null ? '' : ` · generated ${ago(createdAt)}`,
      ),
    ),
    copyButton(token, `Copy the token ${token}`),
  )
