/** @import { Change } from '../api-types.ts' */
/** @import { Child } from './element.js' */
import { element } from './element.js'
import { hrefTo } from './route.js'

/**
 * A change that a message or a REST request made, as a sentence.
 *
 * @param {Change} change
 */
export function changeSentence(change) {
  return element(
    'li',
    { class: `change ${change.kind}`, 'data-testid': 'change', 'data-kind': change.kind },
    ...words(change),
  )
}

/** @param {Change} change @returns {Child[]} */
function words(change) {
  switch (change.kind) {
    case 'user':
      return [
        change.created ? 'Created the profile ' : 'Chose the profile ',
        link('profiles', change.custom_id),
      ]
    case 'company':
      return [
        change.created ? 'Created the company ' : 'Chose the company ',
        link('companies', change.custom_id),
      ]
    case 'product':
      return [
        change.created ? 'Created the product ' : 'Chose the product ',
        link('products', change.custom_id),
      ]
    case 'member':
      return [link('profiles', change.user), ' joined ', link('companies', change.company)]
    case 'member_left':
      return [link('profiles', change.user), ' left ', link('companies', change.company)]
    case 'user_deleted':
      return ['Deleted the profile ', change.custom_id === null ? withoutId : code(change.custom_id)]
    case 'company_deleted':
      return ['Deleted the company ', change.custom_id === null ? withoutId : code(change.custom_id)]
    case 'users_merged':
      return [
        'Merged the profiles ',
        change.merged.map((id) => id ?? withoutId).join(', '),
        ' into ',
        link('profiles', change.into),
      ]
    case 'tag':
      return [`Added the ${change.of} tag `, code(change.name)]
    case 'product_event':
      return [
        'Recorded the product event ',
        code(change.event_type),
        ' of ',
        link('products', change.product),
      ]
    case 'attribute':
      return attribute(change)
    case 'ignored':
      return ['Ignored ', code(change.name), ' = ', value(change.value), `: ${change.reason}`]
    case 'warning':
      return [
        'Warning: ',
        code(change.name),
        // The warning may be about the name itself.
        ...(change.value === change.name ? [] : [' = ', value(change.value)]),
        `: ${change.reason}`,
      ]
    case 'personas':
      return personas(change)
    case 'definition':
      if (change.type === 'event') return ['Defined the event ', code(change.name)]
      return [`Defined the ${change.of} attribute `, code(change.name), ` with type ${change.type}`]
    case 'event':
      return ['Recorded the event ', code(change.name)]
    case 'page_view':
      return change.url ? ['Recorded a page view of ', code(change.url)] : ['Recorded a page view']
    default:
      // The server may be newer than this page and know more kinds.
      return [code(JSON.stringify(change))]
  }
}

/** @param {Extract<Change, { kind: 'personas' }>} change @returns {Child[]} */
function personas({ computation, name, member }) {
  if (computation === 'trait') return ['Segment Personas computed the trait ', code(name)]
  const words = member === undefined ? '' : member ? ': the user is in it' : ': the user is no longer in it'
  return ['Segment Personas computed the audience ', code(name), words]
}

/** @param {Extract<Change, { kind: 'attribute' }>} change @returns {Child[]} */
function attribute({ of, name, before, after }) {
  const whose = of === 'user' ? '' : ` of the ${of}`
  if (after == null) return ['Cleared ', code(name), whose, ', was ', value(before)]
  if (before == null) return ['Set ', code(name), whose, ' to ', value(after)]
  return ['Changed ', code(name), whose, ' from ', value(before), ' to ', value(after)]
}

/** @param {string} text */
const code = (text) => element('code', {}, text)
/** @param {unknown} of */
const value = (of) => element('code', { class: 'value' }, JSON.stringify(of) ?? 'nothing')
/**
 * A link to a page; what has no id of the customer's is not linked, since a change tells no other id.
 *
 * @param {'profiles' | 'companies' | 'products'} section
 * @param {string | null} customId
 */
const link = (section, customId) =>
  customId === null ? withoutId : element('a', { href: hrefTo(section, customId) }, customId)

const withoutId = 'without a custom_id'
