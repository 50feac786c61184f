import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relayTo } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

const product = {
  product_id: 'bag',
  name: 'Bag',
  price: 9,
  category: 'bags',
  url: 'https://x.example/',
  sku: 'S1',
  quantity: 2,
}

for (const [event, type] of [
  ['Product Viewed', 'view'],
  ['viewed_product', 'view'],
  ['productClicked', 'click'],
  ['Product Added', 'add to cart'],
  ['Wishlist Product Added to Cart', 'add to cart'],
  ['Product Removed', 'remove'],
  ['Product Added to Wishlist', 'add to observation'],
  ['Product Shared', 'liking'],
] as const) {
  test(`${event} is the product event "${type}", after the event itself`, async () => {
    const vendor = await startVendor()
    await relayTo(vendor.url, { products: true }).send({ event, properties: product })
    assert.deepEqual(vendor.calls(), [
      'POST users-by-id/ann/events/',
      'POST products-by-id/bag/product_event/',
    ])
    assert.deepEqual(vendor.got[1]?.body, {
      user_custom_id: 'ann',
      event_type: type,
      timestamp: 1795521600,
      data: {
        name: 'Bag',
        price: 9,
        category_name: 'bags',
        product_url: 'https://x.example/',
        SKU: 'S1',
        custom_data: { quantity: 2 },
      },
    })
  })
}

for (const [event, type] of [
  ['Order Completed', 'purchase'],
  ['Checkout Started', 'checkout'],
  ['Order Refunded', 'refund'],
] as const) {
  test(`${event} is "${type}" for each product; what the order says is the transaction’s`, async () => {
    const vendor = await startVendor()
    const products = [
      product,
      { sku: 'S2' },
      { name: 'without id' },
      'odd',
      { product_id: 'a/b' },
      { product_id: '..' },
    ]
    const properties = { order_id: 'o1', revenue: 18, currency: 'PLN', products }
    assert.equal((await relayTo(vendor.url, { products: true }).send({ event, properties })).status, 200)
    assert.deepEqual(vendor.calls().slice(1), [
      'POST products-by-id/bag/product_event/',
      'POST products-by-id/S2/product_event/',
    ])
    assert.deepEqual(vendor.got[1]?.body.data.custom_data, {
      order_id: 'o1',
      revenue: 18,
      currency: 'PLN',
      quantity: 2,
    })
    assert.equal(vendor.got[1]?.body.event_type, type)
  })
}

for (const event of [
  'Promotion Clicked',
  'Cart Viewed',
  'Order Cancelled',
  'Products Searched',
  'Signed Up',
]) {
  test(`${event} stays an event only`, async () => {
    const vendor = await startVendor()
    await relayTo(vendor.url, { products: true }).send({
      event,
      properties: { ...product, products: [product] },
    })
    assert.equal(vendor.calls().length, 1)
  })
}

test('without products: true there are no product events', async () => {
  const vendor = await startVendor()
  await relayTo(vendor.url).send({ event: 'Product Viewed', properties: product })
  assert.equal(vendor.calls().length, 1)
})

test('a product that is not there is created', async () => {
  let isThere = false
  const vendor = await startVendor(({ path }) => {
    if (path === 'products/') isThere = true
    return path.startsWith('products-by-id/') && !isThere ? [404, { detail: 'Not found.' }] : undefined
  })
  await relayTo(vendor.url, { products: true }).send({ event: 'Product Viewed', properties: product })
  assert.deepEqual(vendor.bodies('products/'), [{ custom_id: 'bag', name: 'Bag' }])
  assert.equal(vendor.bodies('products-by-id/bag/product_event/').length, 2)
})

test('a product that User.com refuses is left out, and the others go; fifty at most', async () => {
  const vendor = await startVendor(({ path }) =>
    path.startsWith('products-by-id/p1/') ? [400, { detail: 'No.' }] : undefined,
  )
  const { send, results } = relayTo(vendor.url, { products: true })
  const products = Array.from({ length: 60 }, (_, n) => ({ product_id: `p${n}` }))
  assert.equal((await send({ event: 'Order Completed', properties: { products } })).status, 200)
  assert.equal(vendor.calls().length, 51)
  assert.deepEqual(
    results[0]?.omitted.map(({ name }) => name),
    ['products'],
  )
})
