/** @import { ProductDetail, ProductEventLine } from '../rest-types.ts' */
import { ago } from './clock.js'
import { element } from './element.js'
import { fieldList } from './field-list.js'
import { productTitle } from './product-title.js'
import { hrefTo } from './route.js'

/** The fields that UserEngage itself gives a product. */
const standard = ['id', 'custom_id', 'created_at', 'updated_at']

/** @param {ProductDetail} detail */
export function productPage({ product, events }) {
  const title = productTitle(product)
  const attributes = Object.keys(product).filter((name) => !standard.includes(name))
  return element(
    'article',
    { class: 'detail product', 'aria-label': `Product: ${title}`, 'data-testid': 'product-page' },
    element(
      'header',
      {},
      element(
        'span',
        { class: 'initial square product', 'aria-hidden': 'true' },
        [...title][0]?.toUpperCase(),
      ),
      element('h2', {}, title),
    ),
    element('h3', {}, 'Product'),
    fieldsOf(product, standard),
    element('h3', {}, 'Attributes'),
    element('p', { class: 'nothing' }, 'Each has the value of the last request that named it.'),
    fieldsOf(product, attributes),
    element('h3', {}, `Product events (${events.total.toLocaleString('en')})`),
    eventList(events),
  )
}

/**
 * @param {ProductDetail['product']} product
 * @param {string[]} names
 */
const fieldsOf = (product, names) =>
  fieldList(
    names.map((name) => [name, product[name]]),
    'product-field',
  )

/** @param {ProductDetail['events']} events */
function eventList({ total, items }) {
  if (total === 0) return element('p', { class: 'nothing' }, 'None.')
  const more = total - items.length
  return element(
    'ul',
    { class: 'plain' },
    ...items.map(line),
    more > 0 && element('li', { class: 'aside' }, `and ${more.toLocaleString('en')} older`),
  )
}

/** @param {ProductEventLine} event */
function line({ event_type, timestamp, custom_data, custom_id, user_key }) {
  const user = custom_id ?? user_key
  return element(
    'li',
    { 'data-testid': 'product-event' },
    element('strong', {}, event_type),
    element('a', { href: hrefTo('profiles', user) }, user),
    element('time', { class: 'aside', datetime: timestamp, title: timestamp }, ago(timestamp)),
    Object.keys(custom_data).length > 0 && element('code', { class: 'aside' }, JSON.stringify(custom_data)),
  )
}
