/** @import { App, CompanyLine } from '../api-types.ts' */
/** @import { Api } from './api.js' */
import { createCollection } from './collection.js'
import { companyPage } from './company-page.js'
import { element } from './element.js'

/** @param {{ app: App, api: Api }} parts */
export function createCompanyView({ app, api }) {
  return createCollection({
    app,
    section: 'companies',
    title: 'Companies',
    load: api.companies,
    row: companyRow,
    read: api.company,
    page: companyPage,
  })
}

/**
 * @param {CompanyLine} company
 * @param {(key: string) => string} hrefOf
 */
function companyRow({ id, custom_id, name, members, employees }, hrefOf) {
  const key = custom_id ?? String(id)
  const title = name || key
  return element(
    'li',
    {},
    element(
      'a',
      { class: 'row', href: hrefOf(key), 'data-key': key, 'data-testid': 'company-row' },
      element('span', { class: 'initial square', 'aria-hidden': 'true' }, [...title][0]?.toUpperCase()),
      element(
        'span',
        { class: 'words' },
        element('span', { class: 'first' }, title),
        element('span', { class: 'second' }, custom_id ?? ''),
      ),
      element(
        'span',
        { class: 'figures' },
        element('span', {}, members === 1 ? '1 member' : `${members} members`),
        element('span', {}, employees === null ? '' : `${employees} employees`),
      ),
    ),
  )
}
