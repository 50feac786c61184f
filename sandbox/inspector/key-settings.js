/** @import { ApiKey, App } from '../api-types.ts' */
/** @import { Api } from './api.js' */
import { ago } from './clock.js'
import { copyButton } from './copy-button.js'
import { element } from './element.js'
import { createSettingsPage, settingsForm } from './settings-page.js'

/** @param {{ app: App, api: Api }} parts */
export function createKeySettings({ app, api }) {
  const page = createSettingsPage({
    about:
      'A site sends one of these keys with every message. The sandbox answers 403 to a revoked key, and 401 to a key that it did not generate.',
    form: settingsForm(
      'Generate a key',
      () => page.attempt(api.generateKey, 'A key was generated.'),
      element('button', { type: 'submit', class: 'primary' }, 'Generate key'),
    ),
    listTitle: 'Segment API keys, newest first',
    empty: 'No key.',
    async load() {
      const keys = await api.keys()
      // The card that explains how to connect a site shows the newest key.
      if (keys[0]) Object.assign(app, { apiKey: keys[0].key, revoked: keys[0].revoked })
      return keys
    },
    row,
  })

  /** @param {ApiKey} key */
  function row({ key, revoked, createdAt }) {
    const words = revoked ? 'The key works again.' : 'The key was revoked.'
    return element(
      'li',
      { 'data-testid': 'api-key', 'data-key': key, class: revoked ? 'off' : 'on' },
      element(
        'div',
        { class: 'what' },
        element('code', {}, key),
        element(
          'span',
          { class: 'aside' },
          element('span', { class: 'state' }, revoked ? 'Revoked' : 'Active'),
          createdAt === null ? '' : ` · generated ${ago(createdAt)}`,
        ),
      ),
      copyButton(key, `Copy the key ${key}`),
      element(
        'button',
        {
          type: 'button',
          'data-focus': `key ${key}`,
          'aria-label': `${revoked ? 'Restore' : 'Revoke'} the key ${key}`,
          click: () => page.attempt(() => api.revokeKey(key, !revoked), words),
        },
        revoked ? 'Restore' : 'Revoke',
      ),
    )
  }
  return page
}
