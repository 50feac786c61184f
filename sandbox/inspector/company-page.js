/** @import { Company } from './shapes.js' */
import { element } from './element.js'
import { fieldList } from './field-list.js'
import { hrefTo } from './route.js'

const standardFields = ['id', 'custom_id', 'name', 'description', 'email', 'phone', 'address', 'employees']
const maxMembers = 200

/** @param {Company} company */
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
    element('h3', {}, `Members (${company.members.length})`),
    members(company.members),
  )
}

/**
 * @param {Company} company
 * @param {string[]} names
 */
const fieldsOf = (company, names) =>
  fieldList(
    names.map((name) => [name, company[name]]),
    'company-field',
  )

/** @param {Company['members']} people */
function members(people) {
  const items = people
    .slice(0, maxMembers)
    .map(({ custom_id }) =>
      element(
        'li',
        { 'data-testid': 'company-member' },
        element('a', { href: hrefTo('profiles', custom_id) }, custom_id),
      ),
    )
  const more = people.length - items.length
  return element(
    'ul',
    { class: 'plain' },
    ...items,
    more > 0 && element('li', { class: 'aside' }, `and ${more} more`),
  )
}
