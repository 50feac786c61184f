/** @import { EventDefinition } from '../api-types.ts' */
/** @import { Api } from './api.js' */
import { element } from './element.js'
import { hrefTo } from './route.js'
import { createSettingsPage, settingsForm } from './settings-page.js'

/** @param {Api} api */
export function createEventSettings(api) {
  const name = element('input', {
    type: 'text',
    'aria-label': 'Event name',
    placeholder: 'Order Completed',
    required: true,
    autocomplete: 'off',
  })
  const page = createSettingsPage({
    about: 'The first track call with a new name defines the event.',
    form: settingsForm(
      'Define an event',
      define,
      name,
      element('button', { type: 'submit', class: 'primary' }, 'Define'),
    ),
    listTitle: 'Events',
    empty: 'No event yet.',
    load: api.events,
    row,
  })

  async function define() {
    const { value } = name
    if (await page.attempt(() => api.defineEvent(value), 'The event is defined.')) name.value = ''
  }
  return page
}

/** @param {EventDefinition} event */
function row({ name, count, attributes }) {
  const times = count === 1 ? 'Occurred once' : `Occurred ${count.toLocaleString('en')} times`
  return element(
    'li',
    { 'data-testid': 'event-definition', 'data-name': name },
    element(
      'div',
      { class: 'what' },
      element('strong', {}, name),
      element('span', { class: 'aside' }, attributes.length === 0 ? 'no attributes' : attributes.join(', ')),
    ),
    count === 0
      ? element('span', { class: 'aside' }, 'Never occurred')
      : element('a', { href: hrefTo('profiles', null, { event: name }) }, times),
  )
}
