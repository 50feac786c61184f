/** @import { Api } from './api.js' */
import { element } from './element.js'
import { createSettingsPage, settingsForm } from './settings-page.js'

/** @param {Api} api */
export function createDomainSettings(api) {
  const input = element('input', {
    type: 'text',
    'aria-label': 'Domain',
    placeholder: 'shop.example',
    required: true,
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
  })
  const page = createSettingsPage({
    about:
      'The sandbox answers 403 to a message whose Origin is another domain. A domain includes its subdomains, on any port. A message without an Origin comes from a server and is accepted.',
    form: settingsForm(
      'Trust a domain',
      trust,
      input,
      element('button', { type: 'submit', class: 'primary' }, 'Trust'),
    ),
    listTitle: 'Trusted domains',
    empty: 'None yet: messages from every domain are accepted.',
    load: api.domains,
    row,
  })

  async function trust() {
    const domain = hostOf(input.value.trim())
    const add = async () => api.trust([...new Set([...(await api.domains()), domain])])
    if (await page.attempt(add, `${domain} is trusted.`)) input.value = ''
  }

  /** @param {string} domain */
  function row(domain) {
    const remove = async () => api.trust((await api.domains()).filter((one) => one !== domain))
    return element(
      'li',
      { 'data-testid': 'domain' },
      element('div', { class: 'what' }, element('code', {}, domain)),
      element(
        'button',
        {
          type: 'button',
          'aria-label': `Untrust ${domain}`,
          click: () => page.attempt(remove, `${domain} is no longer trusted.`),
        },
        'Untrust',
      ),
    )
  }
  return page
}

/** Takes the host name of a pasted URL. @param {string} text */
const hostOf = (text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).hostname : text)
