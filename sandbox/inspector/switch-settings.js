/** @import { RestSwitches } from '../rules/rest-switches.ts' */
/** @import { Api } from './api.js' */
import { element } from './element.js'
import { createSettingsPage } from './settings-page.js'

/** @typedef {keyof RestSwitches} Name */

/**
 * The choices of each switch, the default first, with their effects.
 *
 * @type {{ [N in Name]: { about: string, choices: [RestSwitches[N], string][] } }}
 */
const switches = {
  undefinedAttributes: {
    about: 'A value for an attribute that is not defined',
    choices: [
      ['create', 'defines the attribute as a text'],
      ['ignore', 'is ignored'],
      ['refuse', 'is answered 400'],
    ],
  },
  phone: {
    about: 'A phone number',
    choices: [
      ['any', 'may be any text'],
      ['e164', 'must have the form +48123456789'],
    ],
  },
  siteViews: {
    about: 'The route site-views/',
    choices: [
      ['on', 'exists'],
      ['off', 'is answered 404'],
    ],
  },
  deleteCompany: {
    about: 'Deleting a company',
    choices: [
      ['on', 'removes it'],
      ['off', 'is answered 405'],
    ],
  },
  nullField: {
    about: 'The value null',
    choices: [
      ['clear', 'clears the field'],
      ['refuse', 'is answered 400'],
    ],
  },
  customIdTaken: {
    about: 'A custom_id that is already in use',
    choices: [
      [400, 'is answered 400'],
      [409, 'is answered 409'],
    ],
  },
}
const names = /** @type {Name[]} */ (Object.keys(switches))

/** @param {Api} api */
export function createSwitchSettings(api) {
  const page = createSettingsPage({
    about:
      'Nobody outside UserEngage knows how its REST API behaves in these cases. Test your client with each choice.',
    form: null,
    listTitle: 'Switches of the REST API',
    empty: '',
    async load() {
      const now = await api.switches()
      return names.map((name) => ({ name, value: now[name] }))
    },
    row,
  })

  /** @param {{ name: Name, value: RestSwitches[Name] }} item */
  function row({ name, value }) {
    const { about, choices } = switches[name]
    const change = async (/** @type {{ target: HTMLSelectElement }} */ { target }) => {
      const wanted = choices.find(([choice]) => String(choice) === target.value)?.[0]
      const isSet = await page.attempt(() => api.setSwitches({ [name]: wanted }), `${name} is ${wanted}.`)
      if (!isSet) target.value = String(value)
    }
    return element(
      'li',
      { 'data-testid': 'rest-switch', 'data-name': name },
      element(
        'div',
        { class: 'what' },
        element('strong', {}, about),
        element('code', { class: 'aside' }, name),
      ),
      element(
        'select',
        { 'aria-label': about, 'data-focus': `switch ${name}`, change },
        ...choices.map(([choice, effect]) =>
          element('option', { value: String(choice), selected: choice === value }, effect),
        ),
      ),
    )
  }
  return page
}
