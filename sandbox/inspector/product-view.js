/** @import { App } from '../api-types.ts' */
/** @import { ProductLine } from '../rest-types.ts' */
/** @import { Api } from './api.js' */
import { ago } from './clock.js'
import { createCollection } from './collection.js'
import { element } from './element.js'
import { productPage } from './product-page.js'
import { productKey, productTitle } from './product-title.js'

/** @param {{ app: App, api: Api }} parts */
export function createProductView({ app, api }) {
  return createCollection({
    app,
    section: 'products',
    title: 'Products',
    load: api.products,
    row: productRow,
    read: api.product,
    page: productPage,
    hint: 'Only the REST API creates products: send POST /api/public/products/ with the REST token below. ',
  })
}

/**
 * @param {ProductLine} product
 * @param {(key: string) => string} hrefOf
 */
function productRow(product, hrefOf) {
  const { custom_id, events, last_event } = product
  const key = productKey(product)
  const title = productTitle(product)
  return element(
    'li',
    {},
    element(
      'a',
      { class: 'row', href: hrefOf(key), 'data-key': key, 'data-testid': 'product-row' },
      element(
        'span',
        { class: 'initial square product', 'aria-hidden': 'true' },
        [...title][0]?.toUpperCase(),
      ),
      element(
        'span',
        { class: 'words' },
        element('span', { class: 'first' }, title),
        element('span', { class: 'second' }, custom_id ?? ''),
      ),
      element(
        'span',
        { class: 'figures' },
        element('span', {}, ago(last_event)),
        element('span', {}, events === 1 ? '1 event' : `${events.toLocaleString('en')} events`),
      ),
    ),
  )
}
