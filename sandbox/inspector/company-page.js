/** @import { CompanyDetail } from '../api-types.ts' */
import { ago } from './clock.js'
import { element } from './element.js'
import { fieldList } from './field-list.js'
import { hrefTo } from './route.js'

/** @param {CompanyDetail} detail */
export function companyPage({ company, fields, sources, members }) {
  const title = String(company.name || (company.custom_id ?? company.id))
  return element(
    'article',
    { class: 'detail company', 'aria-label': `Company: ${title}`, 'data-testid': 'company-page' },
    element(
      'header',
      {},
      element('span', { class: 'initial square', 'aria-hidden': 'true' }, [...title][0]?.toUpperCase()),
      element('h2', {}, title),
    ),
    element('h3', {}, 'Company'),
    fieldsOf(company, fields.standard, sources),
    fields.custom.length > 0 && element('h3', {}, 'Custom attributes'),
    fields.custom.length > 0 && fieldsOf(company, fields.custom, sources),
    element('h3', {}, `Members (${members.total})`),
    memberList(members),
  )
}

/**
 * @param {CompanyDetail['company']} company
 * @param {readonly string[]} names
 * @param {CompanyDetail['sources']} sources
 */
const fieldsOf = (company, names, sources) =>
  fieldList(
    names.map((name) => [name, company[name]]),
    'company-field',
    sources,
  )

/** @param {CompanyDetail['members']} people */
function memberList({ total, items: people }) {
  if (total === 0) return element('p', { class: 'nothing' }, 'None.')
  const items = people.map(({ custom_id, user_key, since }) =>
    element(
      'li',
      { 'data-testid': 'company-member' },
      element('a', { href: hrefTo('profiles', custom_id ?? user_key) }, custom_id ?? user_key),
      element('span', { class: 'aside' }, `joined ${ago(since)}`),
    ),
  )
  const more = total - items.length
  return element(
    'ul',
    { class: 'plain' },
    ...items,
    more > 0 && element('li', { class: 'aside' }, `and ${more} more`),
  )
}
