import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventTypes } from '../../rest/product-events.ts'
import { openAccount } from '../support/sandbox.ts'

const openShop = async () => {
  const account = await openAccount()
  await account.rest('POST', 'users/', { custom_id: 'ada' })
  const { body } = await account.rest('POST', 'products/', { custom_id: 'lamp', name: 'Lamp' })
  const record = (event: object, id = 'lamp') =>
    account.rest('POST', `products-by-id/${id}/product_event/`, { user_custom_id: 'ada', ...event })
  return { ...account, product: body, record }
}

test('an event overwrites the attributes of its product, and keeps only its custom_data', async () => {
  const { rest, record } = await openShop()
  await record({ event_type: 'view', data: { price: 12, brand: 'Lux' }, timestamp: 1_426_967_129 })
  const bought = {
    event_type: 'purchase',
    data: { price: 10, custom_data: { quantity: 2, order_id: 'o-1' } },
  }
  assert.equal((await record(bought)).status, 201)
  const product = (await rest('GET', 'products-by-id/lamp/details/')).body
  assert.deepEqual([product.name, product.price, product.brand], ['Lamp', 10, 'Lux'])
  assert.ok(!('custom_data' in product))
  const { count, results } = (await rest('GET', 'users-by-id/ada/product_events/')).body
  assert.equal(count, 2)
  assert.deepEqual([results[0].event_type, results[0].timestamp], ['view', '2015-03-21T19:45:29.000Z'])
  assert.deepEqual(results[1].custom_data, { quantity: 2, order_id: 'o-1' })
})

test('the types of product events are a closed list of sixteen', async () => {
  const { record } = await openShop()
  assert.equal(eventTypes.length, 16)
  for (const event_type of eventTypes) assert.equal((await record({ event_type })).status, 201, event_type)
  for (const event_type of ['Purchase', 'wishlist', '', null, 1]) {
    const { status, body } = await record({ event_type })
    assert.deepEqual([status, Object.keys(body)], [400, ['event_type']], String(event_type))
  }
})

test('a product that is not there answers 404, and takes the event once it is', async () => {
  const { rest, record } = await openShop()
  const event = { event_type: 'add to cart' }
  assert.equal((await record(event, 'chair')).status, 404)
  await rest('POST', 'products/', { custom_id: 'chair', name: 'Chair' })
  assert.equal((await record(event, 'chair')).status, 201)
  assert.equal((await rest('GET', 'users-by-id/ada/product_events/')).body.count, 1)
})

test('an event needs a user who is there, by either id', async () => {
  const { rest, product, record } = await openShop()
  const { id } = (await rest('GET', 'users-by-id/ada/')).body
  const byId = await rest('POST', `products/${product.id}/product_event/`, {
    user_id: id,
    event_type: 'view',
  })
  assert.equal(byId.status, 201)
  assert.equal((await record({ event_type: 'view', user_custom_id: 'nobody' })).status, 404)
  const nameless = await record({ event_type: 'view', user_custom_id: '' })
  assert.deepEqual([nameless.status, Object.keys(nameless.body)], [400, ['user_id']])
})

test('a custom_id of a product is taken once', async () => {
  const { rest } = await openShop()
  assert.equal((await rest('POST', 'products/', { custom_id: 'lamp', name: 'Other' })).status, 400)
  assert.equal((await rest('GET', 'products/')).body.count, 1)
})

test('product events stand in the timeline of the profile and on the page of the product', async () => {
  const account = await openShop()
  await account.send({ type: 'page', userId: 'ada', timestamp: '2026-11-24T12:00:00.000Z' })
  await account.record({
    event_type: 'purchase',
    timestamp: 1_795_000_000,
    data: { custom_data: { quantity: 2 } },
  })
  const look = async (path: string) => (await account.control(`/inspector${path}`)).json() as Promise<never>
  const { moments, hours }: { moments: unknown[]; hours: unknown[] } = await look('/profile?id=ada')
  const { id, custom_id } = account.product
  const moment = moments.find((one) => (one as { type: string }).type === 'product') as Record<
    string,
    unknown
  >
  assert.deepEqual(
    [moment.name, moment.data],
    ['purchase', { custom_data: { quantity: 2 }, product: { id, custom_id, name: 'Lamp' } }],
  )
  assert.equal(moments.length, 2)
  assert.ok(hours.some((hour) => (hour as { products: number }).products === 1))

  await account.rest('POST', 'products/', { custom_id: 'chair' })
  const list: { total: number; found: number; items: { events: number; name: string }[] } =
    await look('/products?search=lam')
  assert.deepEqual([list.total, list.found, list.items[0]?.events, list.items[0]?.name], [2, 1, 1, 'Lamp'])
  const detail: { product: { name: string }; events: { items: { custom_id: string }[] } } = await look(
    `/product?id=${id}`,
  )
  assert.deepEqual([detail.product.name, detail.events.items[0]?.custom_id], ['Lamp', 'ada'])
})

test('the inspector tells the source of every value, and finds a user without a custom_id by the key', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { plan: 'pro', first_name: 'Ann' } })
  await account.rest('PUT', 'users-by-id/ann/', {
    first_name: 'Anna',
    city: 'Oslo',
    status: 2,
    tags: ['vip'],
  })
  const look = async (id: string) =>
    (await account.control(`/inspector/profile?id=${id}`)).json() as Promise<{
      profile: { id: number }
      sources: Record<string, string>
      rest: object
    }>
  const { sources, rest } = await look('ann')
  assert.deepEqual(sources, { plan: 'segment', first_name: 'rest', city: 'rest' })
  const { user_key } = (await account.rest('GET', 'users-by-id/ann/')).body
  assert.deepEqual(rest, { user_key, status: 'user', tags: ['vip'] })
  const nameless = (await account.rest('POST', 'users/', { email: 'eve@example.com' })).body
  assert.equal((await look(nameless.user_key)).profile.id, nameless.id)
})

test('custom_data of more than a thousand levels comes back whole, in the timeline too', async () => {
  const { rest, record, control, product } = await openShop()
  const levels = 1500
  const text = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const nested = JSON.parse(text)
  const event = { event_type: 'view', data: { name: nested, custom_data: nested } }
  assert.equal((await record(event)).status, 201)
  const { results } = (await rest('GET', 'users-by-id/ada/product_events/')).body
  assert.equal(JSON.stringify(results[0].custom_data), text)
  // SQLite's own functions read no JSON of so many levels.
  for (const path of ['profile?id=ada', 'products', 'products?search=lamp', `product?id=${product.id}`]) {
    const response = await control(`/inspector/${path}`)
    assert.equal(response.status, 200, path)
    if (!path.includes('search')) assert.ok((await response.text()).includes(text), path)
  }
})
