import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relayTo } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

const context = {
  userAgent: 'Mozilla/5.0',
  os: { name: 'macOS' },
  screen: { width: 1920, height: 1080 },
  locale: 'en-US',
  timezone: 'Europe/Warsaw',
  page: { url: 'https://shop.example/a', path: '/a', title: 'A', referrer: '', search: '' },
}
const upsert = 'users/update_or_create/'

test('identify writes traits under the names of REST, its codes, and the context as attributes', async () => {
  const vendor = await startVendor()
  const { send } = relayTo(vendor.url)
  const traits = {
    Email: 'ada@example.com',
    name: 'Ada Lovelace',
    Phone: '+48123456789',
    gender: 'F',
    City: 'London',
  }
  const response = await send({ type: 'identify', traits: { ...traits, plan: 'pro', seats: 3 }, context })
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), { success: true })
  assert.deepEqual(vendor.bodies(upsert), [
    {
      custom_id: 'ann',
      status: 2,
      email: 'ada@example.com',
      first_name: 'Ada',
      last_name: 'Lovelace',
      phone_number: '+48123456789',
      gender: 3,
      city: 'London',
      plan: 'pro',
      seats: '3',
      user_agent: 'Mozilla/5.0',
      os: 'macOS',
      screen_resolution: '1920x1080',
      language: 'en-US',
      current_url: 'https://shop.example/a',
      timezone: 'Europe/Warsaw',
    },
  ])
})

test('a call carries the token and asks for version 2, and its path ends in a slash', async () => {
  const vendor = await startVendor()
  await relayTo(vendor.url).send()
  const [{ headers, path } = assert.fail()] = vendor.got
  assert.equal(headers.authorization, 'Token token-of-the-account-0123456789abcdef')
  assert.equal(headers.accept, '*/*; version=2')
  assert.match(headers['content-type'] ?? '', /^application\/json/)
  assert.equal(path, 'users-by-id/ann/events/')
})

test('track posts an event with the time in UNIX seconds', async () => {
  const vendor = await startVendor()
  await relayTo(vendor.url).send({ event: 'Order', properties: { total: 12, tags: ['a'] } })
  assert.deepEqual(vendor.calls(), ['POST users-by-id/ann/events/'])
  assert.deepEqual(vendor.got[0]?.body, {
    name: 'Order',
    timestamp: 1795521600,
    data: { total: 12, tags: ['a'] },
  })
})

test('track of an unknown user creates the user, and is sent again', async () => {
  let isKnown = false
  const vendor = await startVendor(({ path }) => {
    if (path === upsert) isKnown = true
    return path.startsWith('users-by-id/') && !isKnown ? [404, { detail: 'Not found.' }] : undefined
  })
  assert.equal((await relayTo(vendor.url).send()).status, 200)
  assert.deepEqual(vendor.calls(), [
    'POST users-by-id/ann/events/',
    `POST ${upsert}`,
    'POST users-by-id/ann/events/',
  ])
  assert.deepEqual(vendor.bodies(upsert), [{ custom_id: 'ann', status: 2 }])
})

test('a user without userId is that of the anonymousId, and no user by status', async () => {
  const vendor = await startVendor()
  await relayTo(vendor.url).send({ type: 'identify', userId: undefined, anonymousId: 'anon', traits: {} })
  assert.deepEqual(vendor.bodies(upsert), [{ custom_id: 'anon' }])
})

test('page writes the context, and the page view as an event', async () => {
  const vendor = await startVendor()
  const { send } = relayTo(vendor.url)
  const page = { type: 'page', name: 'Home', category: 'shop', properties: { color: 'red' }, context }
  await send(page)
  assert.deepEqual(vendor.calls(), [`POST ${upsert}`, 'POST users-by-id/ann/events/'])
  assert.deepEqual(vendor.bodies('users-by-id/ann/events/')[0], {
    name: 'Page view',
    timestamp: 1795521600,
    data: {
      color: 'red',
      url: 'https://shop.example/a',
      path: '/a',
      title: 'A',
      referrer: '',
      search: '',
      name: 'Home',
      category: 'shop',
    },
  })
})

test('the profile says where the user is now, whoever wrote another place in between', async () => {
  const vendor = await startVendor()
  const [one, two] = [relayTo(vendor.url), relayTo(vendor.url)]
  const at = (url: string) => ({ context: { ...context, page: { url } } })
  await one.send({ type: 'page', ...at('https://shop.example/a') })
  await one.send({ type: 'identify', traits: {}, ...at('https://shop.example/b') })
  await one.send({ type: 'page', ...at('https://shop.example/a') })
  await two.send({ type: 'page', ...at('https://shop.example/c') })
  await one.send({ type: 'page', ...at('https://shop.example/a') })
  assert.deepEqual(
    vendor.bodies(upsert).map(({ current_url }) => current_url.at(-1)),
    ['a', 'b', 'a', 'c', 'a'],
  )
})

test('the event of a page view has the name that is set, or is not recorded', async () => {
  const vendor = await startVendor()
  await relayTo(vendor.url, { pageViews: 'Seen' }).send({ type: 'page' })
  assert.equal(vendor.bodies('users-by-id/ann/events/')[0].name, 'Seen')
  vendor.clear()
  await relayTo(vendor.url, { pageViews: false }).send({ type: 'page' })
  assert.deepEqual(vendor.calls(), [`POST ${upsert}`])
})

test('context attributes have the names that are set; those that are off are not written', async () => {
  const vendor = await startVendor()
  await relayTo(vendor.url, { contextAttributes: { os: 'System', user_agent: false } }).send({
    type: 'page',
    context,
  })
  const [written] = vendor.bodies(upsert)
  assert.equal(written.System, 'macOS')
  assert.ok(!('os' in written) && !('user_agent' in written))
  vendor.clear()
  await relayTo(vendor.url, { contextAttributes: false }).send({ type: 'page', context })
  assert.deepEqual(vendor.bodies(upsert), [{ custom_id: 'ann', status: 2, timezone: 'Europe/Warsaw' }])
})

test('a context value is cut to 255 characters, not halves of emoji', async () => {
  const vendor = await startVendor()
  await relayTo(vendor.url).send({ type: 'page', context: { userAgent: '😀'.repeat(300) } })
  assert.equal(vendor.bodies(upsert)[0].user_agent, '😀'.repeat(255))
})

test('null clears: fields by null, attributes by their own call', async () => {
  const vendor = await startVendor(({ path, method }) =>
    path.startsWith('attributes/') && method === 'GET'
      ? [
          200,
          { results: [{ name: 'plan', name_std: 'plan', content_type: 'clientuser', value_type: 'string' }] },
        ]
      : undefined,
  )
  const traits = { email: null, address: null, plan: null, never_defined: null }
  await relayTo(vendor.url).send({ type: 'identify', traits })
  assert.deepEqual(vendor.bodies(upsert), [
    { custom_id: 'ann', status: 2, email: null, country: null, region: null, city: null },
  ])
  assert.deepEqual(vendor.bodies('users-by-id/ann/remove_attribute/'), [{ attribute: 'plan' }])
})

test('what has no place in REST is left out and told; the rest goes', async () => {
  const vendor = await startVendor()
  const { send, results } = relayTo(vendor.url)
  const long = 'ä'.repeat(50)
  const traits = { email: { a: 1 }, first_name: long, address: ['x'], User_ID: 'x', Status: 2, plan: 'pro' }
  await send({ type: 'identify', traits })
  assert.deepEqual(vendor.bodies(upsert), [
    { custom_id: 'ann', status: 2, first_name: 'ä'.repeat(40), plan: 'pro' },
  ])
  assert.deepEqual(results[0]?.omitted.map(({ name }) => name).sort(), [
    'Status',
    'User_ID',
    'address',
    'email',
    'first_name',
  ])
})

test('group updates the company, and adds the user to it', async () => {
  const vendor = await startVendor()
  const address = { street: 'Main 1', postalCode: '00-001', city: 'Warsaw', state: 'MZ', country: 'Poland' }
  const traits = { name: 'Acme', phone: '+481', employees: '12', address, plan: 'team' }
  await relayTo(vendor.url).send({ type: 'group', groupId: 'acme', traits })
  assert.deepEqual(vendor.calls(), [
    `POST ${upsert}`,
    'PUT companies-by-id/acme/',
    'POST companies/9/add_member/',
  ])
  assert.deepEqual(vendor.got[0]?.body, { custom_id: 'ann', status: 2 })
  assert.deepEqual(vendor.bodies('companies-by-id/acme/'), [
    {
      name: 'Acme',
      phone_numbers: ['+481'],
      size: 12,
      address: 'Main 1, 00-001 Warsaw, MZ, Poland',
      city: 'Warsaw',
      region: 'MZ',
      country: 'Poland',
      postal_code: '00-001',
      plan: 'team',
    },
  ])
  assert.deepEqual(vendor.bodies('companies/9/add_member/'), [{ user_id: 5 }])
})

test('group of an unknown company creates it; a member is not added twice', async () => {
  let isThere = false
  const vendor = await startVendor(({ path, method }) => {
    if (path === 'companies/' && method === 'POST') {
      isThere = true
      return [201, { id: 9, employees: [] }]
    }
    if (!path.startsWith('companies-by-id/')) return undefined
    return isThere ? [200, { id: 9, employees: [5] }] : [404, { detail: 'Not found.' }]
  })
  const { send } = relayTo(vendor.url)
  await send({ type: 'group', groupId: 'acme', traits: { description: 'd' } })
  await send({ type: 'group', groupId: 'acme' })
  assert.deepEqual(vendor.calls(), [
    `POST ${upsert}`,
    'PUT companies-by-id/acme/',
    'POST companies/',
    'POST companies/9/add_member/',
    `POST ${upsert}`,
    'GET companies-by-id/acme/',
  ])
  assert.deepEqual(vendor.bodies('companies/'), [{ name: 'acme', description: 'd', custom_id: 'acme' }])
})

test('a head-count that is no whole number is left out; members and ids are nobody’s to set', async () => {
  const vendor = await startVendor()
  const { send, results } = relayTo(vendor.url)
  await send({
    type: 'group',
    groupId: 'acme',
    traits: { employees: 'many', members: [1], custom_id: 'x', tags: 'y' },
  })
  assert.deepEqual(vendor.calls()[1], 'GET companies-by-id/acme/')
  assert.equal(results[0]?.omitted.length, 4)
})

test('an id with a slash goes by REST’s own id, a group with one is refused', async () => {
  const vendor = await startVendor()
  const { send } = relayTo(vendor.url)
  assert.equal((await send({ userId: 'a/b' })).status, 200)
  assert.deepEqual(vendor.calls(), [`POST ${upsert}`, 'POST events/'])
  assert.deepEqual(vendor.got[1]?.body, { name: 'Signed Up', timestamp: 1795521600, data: {}, user_id: 5 })
  assert.equal((await send({ type: 'group', groupId: 'a/b' })).status, 400)
})

test('site views are posted where they are switched on, and no longer after a 404', async () => {
  let status = 200
  const vendor = await startVendor(({ path, method }) => {
    if (path === 'users-by-id/ann/' && method === 'GET') return [200, { id: 5, user_key: 'KEY' }]
    return path === 'site-views/' ? [status, {}] : undefined
  })
  const { send } = relayTo(vendor.url, { siteViews: true })
  await send({ type: 'page', context })
  assert.deepEqual(vendor.bodies('site-views/'), [
    {
      client_user: 'KEY',
      page_domain: 'https://shop.example/a',
      page_path: '/a',
      timestamp: '2026-11-24T12:00:00.000Z',
    },
  ])
  status = 404
  assert.equal((await send({ type: 'page', context })).status, 200)
  assert.equal((await send({ type: 'page', context })).status, 200)
  assert.equal(vendor.bodies('site-views/').length, 2)
})

test('a site view that User.com refuses costs itself only; those of other pages go on', async () => {
  const vendor = await startVendor(({ path, method, body }) => {
    if (path === 'users-by-id/ann/' && method === 'GET') return [200, { id: 5, user_key: 'KEY' }]
    return path === 'site-views/' && body.page_domain === 'odd'
      ? [400, { page_domain: ['No URL.'] }]
      : undefined
  })
  const { send, results } = relayTo(vendor.url, { siteViews: true })
  assert.equal((await send({ type: 'page', context: { page: { url: 'odd' } } })).status, 200)
  assert.deepEqual(results[0]?.omitted, [{ name: 'site view', reason: 'refused by User.com' }])
  await send({ type: 'page', context })
  assert.equal(vendor.bodies('site-views/').length, 2)
})
