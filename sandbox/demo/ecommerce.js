/** @import { Product } from './catalogue.js' */
/** @import { VisitState } from './visit.js' */
import { catalogue } from './catalogue.js'

const currency = 'EUR'
const shippingPrice = 4.9
const freeShippingFrom = 60

/** A product with the property names of Segment's ecommerce spec. @param {Product} product */
export const productProperties = ({ product_id, sku, name, category, price }) => ({
  product_id,
  sku,
  name,
  category,
  brand: 'Slow Morning',
  price,
  currency,
})

/** The lines of a bag. @param {VisitState['bag']} bag */
export const linesOf = (bag) =>
  catalogue.flatMap((product) => {
    const quantity = bag[product.product_id] ?? 0
    return quantity > 0 ? [{ product, quantity, sum: cents(product.price * quantity) }] : []
  })

/** @param {VisitState['bag']} bag */
export function totalsOf(bag) {
  const subtotal = cents(linesOf(bag).reduce((sum, line) => sum + line.sum, 0))
  const shipping = subtotal >= freeShippingFrom || subtotal === 0 ? 0 : shippingPrice
  // Prices include 23 % VAT.
  return { subtotal, shipping, tax: cents(subtotal - subtotal / 1.23), total: cents(subtotal + shipping) }
}

/** @param {string} orderId @param {VisitState} state */
export function orderProperties(orderId, { bag, cartId }) {
  const { subtotal, shipping, tax, total } = totalsOf(bag)
  const products = linesOf(bag).map(({ product: { product_id, sku, name, category, price }, quantity }) => ({
    product_id,
    sku,
    name,
    category,
    price,
    quantity,
  }))
  return {
    order_id: orderId,
    checkout_id: cartId,
    total,
    subtotal,
    revenue: subtotal,
    shipping,
    tax,
    currency,
    products,
  }
}

/** @param {number} amount */
const cents = (amount) => Math.round(amount * 100) / 100
