/** @import { Visit } from './visit.js' */
import { element } from '../inspector/element.js'

/** @typedef {'Shop' | 'Bag' | 'You'} ViewName */

/** @type {Record<ViewName, string>} */
const hrefs = { Shop: '#/', Bag: '#/bag', You: '#/you' }

/** @param {string} hash @returns {ViewName} */
export function viewAt(hash) {
  if (hash === hrefs.Bag) return 'Bag'
  return hash === hrefs.You ? 'You' : 'Shop'
}

/**
 * @param {ViewName} current
 * @param {Visit} visit
 */
export function menu(current, { state, count }) {
  /** @param {ViewName} view @param {...import('../inspector/element.js').Child} words */
  const link = (view, ...words) =>
    element('a', { href: hrefs[view], 'aria-current': view === current && 'page' }, ...words)
  const bagged = count()
  return [
    link('Shop', 'Shop'),
    link(
      'Bag',
      'Bag',
      bagged > 0 && element('span', { class: 'bagged', 'data-testid': 'bag-count' }, bagged),
    ),
    link('You', state.customer ? state.customer.firstName : 'You'),
  ]
}
