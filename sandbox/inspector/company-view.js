/** @import { App, Company } from './shapes.js' */
/** @import { Api } from './api.js' */
import { createCollection } from './collection.js'
import { companyPage } from './company-page.js'
import { element } from './element.js'
import { hrefTo } from './route.js'

/** @param {{ app: App, api: Api }} parts */
export function createCompanyView({ app, api }) {
  return createCollection({
    app,
    section: 'companies',
    title: 'Companies',
    load: async () => (await api.companies()).sort((a, b) => b.id - a.id),
    keyOf: (company) => company.custom_id,
    row: companyRow,
    page: async (company) => companyPage(company),
  })
}

/** @param {Company} company */
function companyRow({ custom_id, name, members, employees }) {
  const title = String(name || custom_id)
  return element(
    'li',
    {},
    element(
      'a',
      {
        class: 'row',
        href: hrefTo('companies', custom_id),
        'data-key': custom_id,
        'data-testid': 'company-row',
      },
      element('span', { class: 'initial square', 'aria-hidden': 'true' }, [...title][0]?.toUpperCase()),
      element(
        'span',
        { class: 'words' },
        element('span', { class: 'first' }, title),
        element('span', { class: 'second' }, custom_id),
      ),
      element(
        'span',
        { class: 'figures' },
        element('span', {}, members.length === 1 ? '1 member' : `${members.length} members`),
        element('span', {}, employees == null ? '' : `${employees} employees`),
      ),
    ),
  )
}
