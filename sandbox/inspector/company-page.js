/** @import { CompanyDetail } from './shapes.js' */
import { ago } from './clock.js'
import { element } from './element.js'
import { fieldList } from './field-list.js'
import { hrefTo } from './route.js'

const standardFields = ['id', 'custom_id', 'name', 'description', 'email', 'phone', 'address', 'employees']

/** @param {CompanyDetail} company */
export function companyPage(company) {
  const title = String(company.name || company.custom_id)
  const custom = Object.keys(company).filter((name) => !standardFields.includes(name) && name !== 'members')
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
    fieldsOf(company, standardFields),
    custom.length > 0 && element('h3', {}, 'Custom attributes'),
    custom.length > 0 && fieldsOf(company, custom),
    element('h3', {}, `Members (${company.members.total})`),
    members(company.members),
  )
}

/**
 * @param {CompanyDetail} company
 * @param {string[]} names
 */
const fieldsOf = (company, names) =>
  fieldList(
    names.map((name) => [name, company[name]]),
    'company-field',
  )

/** @param {CompanyDetail['members']} people */
function members({ total, items: people }) {
  if (total === 0) return element('p', { class: 'nothing' }, 'None.')
  const items = people.map(({ custom_id, since }) =>
    element(
      'li',
      { 'data-testid': 'company-member' },
      element('a', { href: hrefTo('profiles', custom_id) }, custom_id),
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
