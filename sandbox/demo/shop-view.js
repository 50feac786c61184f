/** @import { Product } from './catalogue.js' */
import { element } from '../inspector/element.js'
import { catalogue, money } from './catalogue.js'
import { drawing } from './drawing.js'

/** @param {{ view: (product: Product) => void, add: (product: Product) => void }} acts */
export function shopView(acts) {
  return element(
    'section',
    { 'data-testid': 'shop-view' },
    element(
      'div',
      { class: 'welcome' },
      element('h1', {}, 'Six things for a slower morning'),
      element('p', {}, 'Nothing here beeps. Free shipping from €60, and Gerald travels upright.'),
    ),
    element('ul', { class: 'products' }, ...catalogue.map((product) => card(product, acts))),
  )
}

/**
 * @param {Product} product
 * @param {{ view: (product: Product) => void, add: (product: Product) => void }} acts
 */
function card(product, { view, add }) {
  const { product_id, name, line, price } = product
  return element(
    'li',
    { class: 'card', 'data-testid': 'product', 'data-product': product_id },
    element(
      'button',
      {
        type: 'button',
        class: `picture ${product_id}`,
        'aria-label': `View ${name}`,
        click: () => view(product),
      },
      drawing(product_id),
    ),
    element('h2', {}, name),
    element('p', {}, line),
    element(
      'div',
      { class: 'buy' },
      element('span', { class: 'price' }, money(price)),
      element(
        'button',
        { type: 'button', 'aria-label': `Add ${name} to bag`, click: () => add(product) },
        'Add to bag',
      ),
    ),
  )
}
