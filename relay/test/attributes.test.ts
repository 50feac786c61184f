import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relayTo } from './support/relay.ts'
import { type Rule, startVendor } from './support/vendor.ts'

const upsert = 'users/update_or_create/'
const defined =
  (...definitions: object[]): Rule =>
  ({ path, method }) =>
    path === 'attributes/' && method === 'GET'
      ? [
          200,
          {
            count: 1,
            next: null,
            results: definitions.map((one) => ({ content_type: 'clientuser', ...one })),
          },
        ]
      : undefined
const created = (vendor: { got: { method: string; path: string; body: unknown }[] }) =>
  vendor.got.filter(({ method, path }) => method === 'POST' && path === 'attributes/').map(({ body }) => body)

test('a value is converted to the type of its attribute, by name or name_std; what cannot be is left out', async () => {
  const vendor = await startVendor(
    defined(
      { name: 'custom_integer', value_type: 'integer' },
      { name: 'Birth Day', name_std: 'birth_day', value_type: 'date' },
      { name: 'size', value_type: 'fixed', choices: ['S', 'M'] },
      { name: 'shape', value_type: 'fixed' },
      { name: 'odd', value_type: 'hologram' },
      { name: 'seats', value_type: 'integer' },
    ),
  )
  const { send, results } = relayTo(vendor.url)
  const traits = {
    custom_integer: '123',
    birth_day: '2001-02-03T00:00:00Z',
    size: 'XL',
    shape: 'round',
    odd: { a: 1 },
    seats: 'many',
    custom_integer_new: 999,
  }
  await send({ type: 'identify', traits })
  assert.deepEqual(vendor.bodies(upsert), [
    {
      custom_integer: 123,
      birth_day: '2001-02-03',
      shape: 'round',
      odd: { a: 1 },
      custom_integer_new: '999',
      status: 2,
      custom_id: 'ann',
    },
  ])
  assert.deepEqual(created(vendor), [
    { content_type: 'clientuser', name: 'custom_integer_new', value_type: 'string' },
  ])
  assert.deepEqual(
    results[0]?.omitted.map(({ name }) => name),
    ['size', 'seats'],
  )
})

test('definitions are read once, from all pages, and only at the account’s own address', async () => {
  const vendor = await startVendor(({ path }) => {
    if (path === 'attributes/')
      return [200, { next: 'https://evil.example/api/public/attributes/?cursor=2', results: [] }]
    return path === 'attributes/?cursor=2'
      ? [200, { next: null, results: [{ name: 'n', content_type: 'clientuser', value_type: 'integer' }] }]
      : undefined
  })
  const { send } = relayTo(vendor.url)
  await send({ type: 'identify', traits: { n: '1' } })
  await send({ type: 'identify', traits: { n: '2' } })
  assert.deepEqual(
    vendor.bodies(upsert).map(({ n }) => n),
    [1, 2],
  )
  assert.equal(vendor.got.filter(({ path }) => path.startsWith('attributes/')).length, 2)
})

test('a next page that is not there is the end of the list', async () => {
  const vendor = await startVendor(({ path }) => {
    if (path === 'attributes/?page=2') return [404]
    return path === 'attributes/' ? [200, { next: 'http://x.example/?page=2', results: [] }] : undefined
  })
  assert.equal(
    (await relayTo(vendor.url, { attributes: 'known' }).send({ type: 'identify', traits: { a: 1 } })).status,
    200,
  )
})

test('with attributes: "known" nothing is created, and what is unknown is left out', async () => {
  const vendor = await startVendor(defined({ name: 'plan', value_type: 'string' }))
  const { send, results } = relayTo(vendor.url, { attributes: 'known' })
  await send({ type: 'identify', traits: { plan: 'pro', other: 1 } })
  assert.deepEqual(vendor.bodies(upsert), [{ plan: 'pro', status: 2, custom_id: 'ann' }])
  assert.deepEqual(created(vendor), [])
  assert.deepEqual(results[0]?.omitted, [{ name: 'other', reason: 'not defined in User.com' }])
})

test('a name of more than 32 characters is left out; at most 50 names are new within an hour', async () => {
  const vendor = await startVendor()
  const { send, results } = relayTo(vendor.url)
  const traits = Object.fromEntries([
    ['x'.repeat(33), 1],
    ...Array.from({ length: 60 }, (_, n) => [`t${n}`, n]),
  ])
  const context = { userAgent: 'agent' }
  assert.equal((await send({ type: 'identify', traits, context })).status, 200)
  assert.equal(created(vendor).length, 51, 'fifty, and the one of the context')
  assert.equal(vendor.bodies(upsert)[0].user_agent, 'agent')
  assert.equal(results[0]?.omitted.length, 11)
})

test('messages that come together read the list once, and have 50 new names within an hour between them', async () => {
  const vendor = await startVendor()
  const { send, results } = relayTo(vendor.url, { concurrency: 20 })
  const users = Array.from({ length: 120 }, (_, n) => `u${n}`)
  const answers = await Promise.all(
    users.map((userId) => send({ type: 'identify', userId, traits: { [`trait of ${userId}`]: 1 } })),
  )
  assert.ok(answers.every(({ status }) => status === 200))
  assert.equal(created(vendor).length, 50)
  assert.equal(results.filter(({ omitted }) => omitted.length > 0).length, 70)
  assert.equal(vendor.got.filter(({ method, path }) => method === 'GET' && path === 'attributes/').length, 1)
})

test('an outage uses up none of the 50 names', async () => {
  let isDown = true
  const vendor = await startVendor(({ method, path }) =>
    isDown && method === 'POST' && path === 'attributes/' ? [503] : undefined,
  )
  const { send } = relayTo(vendor.url)
  for (let n = 0; n < 60; n++) assert.equal((await send({ type: 'identify', traits: { a: 1 } })).status, 503)
  isDown = false
  await send({ type: 'identify', traits: { a: 1 } })
  assert.equal(vendor.bodies(upsert)[0].a, '1')
})

test('another instance was first to define a name: its definition is taken', async () => {
  let reads = 0
  const vendor = await startVendor(({ path, method }) => {
    if (path !== 'attributes/') return undefined
    if (method === 'POST') return [400, { name: ['Exists.'] }]
    const results = reads++ === 0 ? [] : [{ name: 'n', content_type: 'clientuser', value_type: 'integer' }]
    return [200, { next: null, results }]
  })
  await relayTo(vendor.url).send({ type: 'identify', traits: { n: '7' } })
  assert.equal(vendor.bodies(upsert)[0].n, 7)
})

test('a token that may only write: values go as they are, and the set-up is not wrong', async () => {
  const vendor = await startVendor(({ method }) =>
    method === 'GET' ? [403, { detail: 'Write only.' }] : undefined,
  )
  const { send, get } = relayTo(vendor.url)
  assert.equal(
    (await send({ type: 'identify', anonymousId: crypto.randomUUID(), traits: { n: 7, o: { a: 1 } } }))
      .status,
    200,
  )
  assert.deepEqual(vendor.bodies(upsert), [{ n: 7, o: '{"a":1}', status: 2, custom_id: 'ann' }])
  assert.deepEqual(created(vendor), [])
  assert.equal((await get()).status, 200)
})

test('attributes of companies are a list of their own', async () => {
  const vendor = await startVendor(defined({ name: 'n', value_type: 'integer', content_type: 'company' }))
  const { send } = relayTo(vendor.url)
  await send({ type: 'identify', traits: { n: 7 } })
  await send({ type: 'group', groupId: 'acme', traits: { n: '7' } })
  assert.equal(vendor.bodies(upsert)[0].n, '7')
  assert.deepEqual(vendor.bodies('companies-by-id/acme/'), [{ n: 7 }])
})

for (const body of [{}, [], '<html>', { results: 'x' }, { results: [null, 1, { name: 4 }] }]) {
  test(`a list of attributes that is ${JSON.stringify(body)} does not end the process`, async () => {
    const vendor = await startVendor(({ path, method }) =>
      path === 'attributes/' && method === 'GET' ? [200, body] : undefined,
    )
    const { status } = await relayTo(vendor.url).send({ type: 'identify', traits: { a: 1 } })
    assert.ok(status === 503 || status === 200)
  })
}

test('names that mean something to JavaScript are names like any other', async () => {
  const vendor = await startVendor()
  const { post } = relayTo(vendor.url)
  const traits = '{"__proto__":"a","constructor":"b","toString":"c"}'
  assert.equal(
    (await post(`{"type":"identify","messageId":"m1","userId":"ann","traits":${traits}}`)).status,
    200,
  )
  assert.deepEqual(Object.entries(vendor.bodies(upsert)[0]).slice(0, 3), Object.entries(JSON.parse(traits)))
  assert.equal(({} as Record<string, unknown>).a, undefined)
})
