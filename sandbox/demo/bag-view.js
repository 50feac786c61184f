/** @import { Product } from './catalogue.js' */
/** @import { VisitState } from './visit.js' */
import { element } from '../inspector/element.js'
import { money } from './catalogue.js'
import { drawing } from './drawing.js'
import { linesOf, totalsOf } from './ecommerce.js'

/**
 * @param {VisitState['bag']} bag
 * @param {string | null} orderId the order that was placed just now
 * @param {{ buy: () => void, remove: (product: Product) => void }} acts
 */
export function bagView(bag, orderId, { buy, remove }) {
  const lines = linesOf(bag)
  if (lines.length === 0) return orderId === null ? emptyBag() : thanks(orderId)
  const { subtotal, shipping, total } = totalsOf(bag)
  return element(
    'section',
    { class: 'narrow', 'data-testid': 'bag-view' },
    element('h1', {}, 'Your bag'),
    element('ul', { class: 'lines' }, ...lines.map((line) => lineItem(line, remove))),
    element(
      'dl',
      { class: 'totals' },
      ...sum('Subtotal', money(subtotal)),
      ...sum('Shipping', shipping === 0 ? 'Free' : money(shipping)),
      ...sum('Total', money(total)),
    ),
    element('button', { type: 'button', class: 'main wide', click: buy }, `Buy for ${money(total)}`),
  )
}

/**
 * @param {ReturnType<typeof linesOf>[number]} line
 * @param {(product: Product) => void} remove
 */
const lineItem = ({ product, quantity, sum }, remove) =>
  element(
    'li',
    { 'data-testid': 'bag-line', 'data-product': product.product_id },
    element('div', { class: `picture ${product.product_id}` }, drawing(product.product_id)),
    element('span', { class: 'what' }, product.name, element('span', { class: 'soft' }, ` × ${quantity}`)),
    element('span', { class: 'price' }, money(sum)),
    element(
      'button',
      { type: 'button', 'aria-label': `Remove ${product.name}`, click: () => remove(product) },
      'Remove',
    ),
  )

/** @param {string} name @param {string} amount */
const sum = (name, amount) => [element('dt', {}, name), element('dd', {}, amount)]

const emptyBag = () =>
  element(
    'section',
    { class: 'narrow calm', 'data-testid': 'bag-view' },
    element('div', { class: 'picture mug' }, drawing('mug')),
    element('h1', {}, 'Your bag is having a slow morning too'),
    element('a', { class: 'button main', href: '#/' }, 'Find it something'),
  )

/** @param {string} orderId */
const thanks = (orderId) =>
  element(
    'section',
    { class: 'narrow calm', 'data-testid': 'thanks' },
    element('div', { class: 'picture plant' }, drawing('plant')),
    element('h1', {}, 'Thank you. Gerald is already packing'),
    element('p', {}, 'Your order is ', element('strong', {}, orderId), '.'),
    element('a', { class: 'button main', href: '#/' }, 'Back to the shop'),
  )
