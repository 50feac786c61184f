/** @import { Api } from './api.js' */
import { createChoice } from './choice.js'
import { debounced } from './debounced.js'
import { element } from './element.js'
import { hrefTo, parseRoute } from './route.js'

const names = /** @type {const} */ (['event', 'min', 'days', 'attribute', 'value'])

/**
 * The conditions of a list of profiles, as a sentence with blanks: "did Order Completed at least 2 times in the last
 * 7 days", "plan is pro". The URL contains them.
 *
 * @param {Api} api
 */
export function createProfileConditions(api) {
  const change = debounced(250, () => setQuery(new URLSearchParams(/** @type {any} */ (new FormData(form)))))
  const event = createChoice('event', 'Event', 'anything')
  const attribute = createChoice('attribute', 'Attribute', 'any attribute')
  /** @param {string} name @param {string} label @param {string} placeholder */
  const number = (name, label, placeholder) =>
    element('input', { type: 'number', name, 'aria-label': label, placeholder, min: 1, step: 1 })
  const value = element('input', {
    type: 'text',
    name: 'value',
    'aria-label': 'Value',
    placeholder: 'value',
    autocomplete: 'off',
  })
  const clear = element(
    'button',
    { type: 'button', class: 'clear', click: () => setQuery(new URLSearchParams()) },
    'Clear',
  )
  const form = element(
    'form',
    {
      class: 'conditions',
      'aria-label': 'Conditions',
      'data-testid': 'profile-conditions',
      input: change,
      submit: (/** @type {Event} */ submitted) => submitted.preventDefault(),
    },
    element(
      'p',
      {},
      'did ',
      event.element,
      ' at least ',
      number('min', 'At least how many times', '1'),
      ' times in the last ',
      number('days', 'In the last how many days', '∞'),
      ' days',
    ),
    element('p', {}, 'and ', attribute.element, ' is ', value, clear),
  )

  /** The search beside the conditions stays. @param {URLSearchParams} wanted */
  function setQuery(wanted) {
    const { section, key, query } = parseRoute(location.hash)
    if (section !== 'profiles') return
    wanted.set('search', query.get('search') ?? '')
    location.replace(hrefTo('profiles', key, wanted))
  }

  async function offer() {
    const { events, attributes } = await api.conditionNames()
    event.offer(events)
    attribute.offer(attributes)
  }

  return {
    element: form,
    /** @param {URLSearchParams} query */
    show(query) {
      offer().catch(() => {})
      clear.hidden = !names.some((name) => query.get(name))
      event.set(query.get('event') ?? '')
      attribute.set(query.get('attribute') ?? '')
      for (const input of form.querySelectorAll('input')) {
        if (input !== document.activeElement) input.value = query.get(input.name) ?? ''
      }
    },
  }
}
