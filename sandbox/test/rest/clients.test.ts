// The requests that published clients of UserEngage's REST API send, one test for each client. The shapes are from the
// clients' public source code; the code here is the project's own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from '../support/sandbox.ts'

// https://github.com/BitBagCommerce/SyliusUserComPlugin
test("BitBag's Sylius plugin: finds by email, updates by id, merges the visitor of the cookie, creates a product on 404", async () => {
  const { rest } = await openAccount()
  const visitor = (await rest('POST', 'users/', { status: 1 })).body
  assert.equal((await rest('GET', 'users/search/?email=ada@example.com')).status, 404)
  const customer = (await rest('POST', 'users/', { email: 'ada@example.com', status: 2, custom_id: '7' }))
    .body
  const updated = (await rest('PUT', `users/${customer.id}/`, { first_name: 'Ada', city: 'Oslo' })).body
  assert.equal(updated.user_key, customer.user_key)
  assert.equal((await rest('GET', `users/search/?key=${visitor.user_key}`)).body.id, visitor.id)
  const merged = await rest('POST', 'users/merge/', { parent: customer.id, users_list: [visitor.id] })
  assert.deepEqual(merged.body, { success: true })

  assert.equal((await rest('POST', 'users-by-id/7/events/', { name: 'registration' })).body.created, true)
  const event = { custom_id: 'mug', name: 'Mug', user_custom_id: '7', event_type: 'purchase' }
  assert.equal((await rest('POST', 'products-by-id/mug/product_event/', event)).status, 404)
  await rest('POST', 'products/', { custom_id: 'mug', name: 'Mug' })
  assert.deepEqual(Object.keys((await rest('POST', 'products-by-id/mug/product_event/', event)).body), ['id'])
})

// https://github.com/UserEngage/User.com-Magento2-plugin and -Enterprise-plugin
test("the vendor's Magento plugins: both ids in a body, a company by its name alone, whole products", async () => {
  const { rest } = await openAccount()
  const customer = {
    custom_id: 'bWFnZW50bw==',
    user_id: 'bWFnZW50bw==',
    user_key: 'abcdefabcdef',
    email: 'ada@example.com',
    'First name': 'Ada',
    'Last name': 'Lee',
  }
  const user = (await rest('POST', 'users/', customer)).body
  assert.deepEqual([user.custom_id, user.last_name], ['bWFnZW50bw==', null])
  assert.notEqual(user.user_key, customer.user_key)
  const found = (await rest('GET', 'users/search/?email=ada@example.com&many=true')).body
  assert.deepEqual([found.length, found[0].id], [1, user.id])

  const company = (await rest('POST', 'companies/', { name: 'Acme' })).body
  const joined = await rest('POST', `companies/${company.id}/add_member/`, { user_id: user.id })
  assert.deepEqual(joined.body.employees, [user.id])
  assert.deepEqual(
    (await rest('POST', `companies/${company.id}/remove_member/`, { user_id: user.id })).body.employees,
    [],
  )

  const product = {
    custom_id: 'mug',
    name: 'Mug',
    price: 12.5,
    quantity: 3,
    brand: 'Acme',
    category_name: 'Kitchen',
    sku: 'M-1',
    product_url: 'https://shop.example/mug',
    image_url: 'https://shop.example/mug.jpg',
  }
  await rest('POST', 'products/', product)
  const details = (await rest('GET', 'products-by-id/mug/details/')).body
  for (const [name, value] of Object.entries(product)) assert.equal(details[name], value, name)
  const results = (await rest('GET', 'attributes/')).body.results as { name: string }[]
  assert.ok(results.some(({ name }) => name === 'First name'))
})

// https://github.com/UserEngage/usercom-prestashop-1.7
test("the vendor's PrestaShop plugin: on 404 by the id it goes by the key, and posts by the internal id", async () => {
  const { rest } = await openAccount()
  const guest = (await rest('POST', 'users/', {})).body
  const event = { name: 'newsletter', timestamp: 1_795_000_000, data: { source: 'footer' } }
  assert.equal((await rest('POST', 'users-by-id/42/events/', event)).status, 404)
  const { id } = (await rest('GET', `users/search/?key=${guest.user_key}`)).body
  assert.equal((await rest('POST', 'events/', { ...event, user_id: id })).status, 201)
  assert.equal((await rest('GET', `users/${id}/events/`)).body.results[0].data.source, 'footer')
})

// https://github.com/rudderlabs/rudder-transformer, src/v0/destinations/user
test('RudderStack: looks up, creates or updates by id; a company with the id of a user in its body; site-views', async () => {
  const { rest } = await openAccount()
  const spaced = { accept: '*/*;version=2' }
  const ask = (method: string, path: string, body?: object) => rest(method, path, body, spaced)
  assert.equal((await ask('GET', 'users-by-id/user@123/')).status, 404)
  const user = (
    await ask('POST', 'users/', { custom_id: 'user@123', gender: 2, status: 1, tags: ['productuser'] })
  ).body
  assert.deepEqual([user.gender, user.status, user.tags[0].name], ['male', 'visitor', 'productuser'])
  await ask('POST', 'events/', {
    user_id: user.id,
    name: 'Signed Up',
    data: { plan: 'pro' },
    timestamp: 1_795_000_000,
  })

  assert.equal((await ask('GET', 'companies-by-id/group@795/')).status, 404)
  const company = {
    address: '6th StSan FranciscoCA94103USAtestuser',
    city: 'San Francisco',
    custom_id: 'group@795',
    email: 'business@rudderstack.com',
    name: 'rudder ventures',
    postal_code: '94103',
    isPrivateFunded: 'no',
    user_custom_id: 'user@123',
  }
  const { id } = (await ask('POST', 'companies/', company)).body
  const updated = (await ask('PUT', `companies/${id}/`, company)).body
  // As the vendor's recorded answer: the id of the user has become an attribute of the company.
  assert.deepEqual([updated.user_custom_id, updated.isprivatefunded, updated.size], ['user@123', 'no', null])
  const member = { user_id: user.id, user_custom_id: 'user@123' }
  assert.deepEqual((await ask('POST', `companies/${id}/add_member/`, member)).body.employees, [user.id])

  const view = {
    client_user: user.user_key,
    page_domain: 'https://shop.example/cart?x=1',
    page_path: '/cart',
    timestamp: '2022-09-06T12:35:17.230Z',
  }
  await ask('POST', 'site-views/', view)
  const seen = (await ask('GET', 'users-by-id/user@123/')).body
  assert.deepEqual([seen.page_views, seen.last_seen], [1, '2022-09-06T12:35:17.230Z'])
})

// https://wordpress.org/plugins/wp-fusion-lite/
test('WP Fusion: reads the definitions, the detail of a 401, and users by email', async () => {
  const { rest } = await openAccount()
  const denied = await rest('GET', 'attributes/', undefined, { authorization: 'Token wrong' })
  assert.deepEqual([denied.status, typeof denied.body.detail], [401, 'string'])
  await rest('POST', 'attributes/', { content_type: 'clientuser', name: 'Plan', value_type: 'string' })
  const { results } = (await rest('GET', 'attributes/')).body
  assert.deepEqual([results[0].name_std, results[0].name], ['plan', 'Plan'])
  const { id } = (await rest('POST', 'users/', { email: 'ada@example.com', tags: ['lead'] })).body
  assert.equal((await rest('GET', 'users/search/?email=ada%40example.com')).body.id, id)
  assert.equal((await rest('PUT', `users/${id}/`, { plan: 'pro' })).body.plan, 'pro')
})
