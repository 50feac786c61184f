import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf, ask, errorMessage, openAccount } from './support/sandbox.ts'

test('the demo app is the first app of a new sandbox', async () => {
  const [demo] = (await (await ask('/api/sandbox/apps')).json()) as object[]
  assert.deepEqual(demo, {
    id: 'demo',
    name: 'Demo shop',
    apiKey: 'demo',
    token: 'demo-token',
    revoked: false,
    domains: [],
  })
  const account = accountOf({ id: 'demo', apiKey: 'demo', token: 'demo-token' })
  await account.send({ type: 'identify', userId: 'first-of-all' })
  assert.equal((await account.profile('first-of-all')).custom_id, 'first-of-all')
})

test('a new app is listed with its name and its own keys', async () => {
  const response = await ask('/api/sandbox/apps', { method: 'POST', body: '{"name":"Mine"}' })
  assert.equal(response.status, 201)
  const created = (await response.json()) as { id: string; apiKey: string; token: string }
  assert.deepEqual(Object.keys(created), ['id', 'apiKey', 'token'])
  const apps = (await (await ask('/api/sandbox/apps')).json()) as { id: string }[]
  assert.deepEqual(
    apps.find(({ id }) => id === created.id),
    { ...created, name: 'Mine', revoked: false, domains: [] },
  )
})

test('the list of apps shows key and domains', async () => {
  const account = await openAccount()
  await account.put('/key', { revoked: true })
  await account.put('/domains', ['Shop.example'])
  const apps = (await (await ask('/api/sandbox/apps')).json()) as Record<string, unknown>[]
  const app = apps.find(({ id }) => id === account.id)
  assert.deepEqual([app?.revoked, app?.domains], [true, ['shop.example']])
})

for (const [path, body, names] of [
  ['/key', {}, /"revoked"/],
  ['/key', { revoked: 'yes' }, /"revoked"/],
  ['/key', null, /"revoked"/],
  ['/key', { revoked: 1, key: 'demo' }, /"revoked"/],
  ['/key', { revoked: true, key: 5 }, /"key"/],
  ['/domains', 'shop.example', /array of host names/],
  ['/domains', ['https://shop.example'], /host names/],
  ['/domains', ['*.shop.example'], /host names/],
  ['/domains', [5], /host names/],
  ['/faults', {}, /array of faults/],
  ['/faults', [5], /must be an object/],
  ['/faults', [{}], /must do something/],
  ['/faults', [{ drop: false, times: 2 }], /must do something/],
  ['/faults', [{ status: 99 }], /"status".*200 to 599/],
  ['/faults', [{ status: 503, times: 0 }], /"times"/],
  ['/faults', [{ delayMs: -1 }], /"delayMs"/],
  ['/faults', [{ delayMs: 2 ** 31 }], /"delayMs".*2147483647/],
  ['/faults', [{ state: 503 }], /no "state"; it may have status, retryAfter, delayMs, drop,/],
  ['/faults', [{ drop: 'yes' }], /"drop".*true or false, got "yes"/],
  ['/faults', [{ drop: true }, { times: 1.5, drop: true }], /"times".*above 0, got 1.5/],
  ['/faults', [JSON.parse('{"__proto__": 1}')], /no "__proto__"/],
  ['/faults', [null], /must be an object, got null/],
] as const) {
  test(`PUT ${path} ${JSON.stringify(body)} is answered 400 with the reason`, async () => {
    const response = await (await openAccount()).put(path, body)
    assert.equal(response.status, 400)
    assert.match(await errorMessage(response), names)
  })
}

for (const path of ['/messages', '/users', '/events', '/companies', '/stream']) {
  test(`${path} of an unknown app is answered 404`, async () => {
    const response = await ask(`/api/sandbox/apps/nobody${path}`)
    assert.equal(response.status, 404)
    assert.match(await errorMessage(response), /"nobody"/)
  })
}

test('an unknown route is answered 404 with a message', async () => {
  for (const path of ['/api/nothing', '/api/sandbox/nothing', '/api/segment/nothing', '/nothing']) {
    const response = await ask(path)
    assert.equal(response.status, 404, path)
    assert.match(await errorMessage(response), /nothing/)
  }
})

test('the query selects messages after an id, up to a limit, or the newest', async () => {
  const account = await openAccount()
  for (const name of ['a', 'b', 'c', 'd']) await account.send({ type: 'track', event: name })
  const all = await account.messages()
  const names = async (query: string) =>
    (await account.messages(query)).map(({ body }) => (body as { event: string }).event).join('')

  assert.equal(await names(''), 'abcd')
  assert.equal(await names('?limit=2'), 'ab')
  assert.equal(await names(`?after=${all[1]?.id}`), 'cd')
  assert.equal(await names(`?after=${all[0]?.id}&limit=1`), 'b')
  assert.equal(await names('?newest=2'), 'cd')
  assert.equal((await account.control('/messages?limit=some')).status, 400)
  assert.equal((await account.control(`/messages?after=${'9'.repeat(30)}`)).status, 400)
})

test('the log keeps the body, the headers and the time of a message', async () => {
  const account = await openAccount()
  const before = Date.now()
  await account.send({ type: 'identify', messageId: 'm', more: [1] }, { 'X-Of-Mine': 'Yes' })
  const entry = await account.lastMessage()
  assert.ok(Number.isInteger(entry.id))
  assert.equal(new Date(entry.receivedAt).toISOString(), entry.receivedAt)
  assert.ok(Date.parse(entry.receivedAt) >= before)
  assert.equal(entry.headers['x-of-mine'], 'Yes')
  assert.equal(entry.headers.authorization, account.authorization)
  assert.deepEqual([entry.status, entry.repeated], [200, false])
  const { messageId, more } = entry.body as Record<string, unknown>
  assert.deepEqual([messageId, more], ['m', [1]])
})

test('the API answers 404 to an unknown user or company', async () => {
  const account = await openAccount()
  for (const path of ['/users/x', '/users/x/events', '/users/x/page_views', '/companies/x']) {
    const response = await account.control(path)
    assert.equal(response.status, 404, path)
    assert.match(await errorMessage(response), /There is no (user|company) of this id/)
  }
})

test('each key of an app is revoked and restored separately', async () => {
  const account = await openAccount()
  const generated = (await (await account.control('/keys', 'POST')).json()) as { key: string }
  const send = async (key: string) =>
    (await accountOf({ ...account, apiKey: key }).send({ type: 'page' })).status
  const keys = async () =>
    ((await (await account.control('/keys')).json()) as { key: string; revoked: boolean }[]).map(
      ({ key, revoked }) => [key, revoked],
    )
  assert.deepEqual(await keys(), [
    [generated.key, false],
    [account.apiKey, false],
  ])
  assert.deepEqual([await send(account.apiKey), await send(generated.key)], [200, 200])

  await account.put('/key', { key: account.apiKey, revoked: true })
  assert.deepEqual([await send(account.apiKey), await send(generated.key)], [403, 200])
  // A request without a key revokes the newest.
  await account.put('/key', { revoked: true })
  await account.put('/key', { key: account.apiKey, revoked: false })
  assert.deepEqual([await send(account.apiKey), await send(generated.key)], [200, 403])
  assert.deepEqual(await keys(), [
    [generated.key, true],
    [account.apiKey, false],
  ])

  const apps = (await (await ask('/api/sandbox/apps')).json()) as { id: string }[]
  const app = apps.find(({ id }) => id === account.id) as Record<string, unknown> | undefined
  assert.deepEqual([app?.apiKey, app?.revoked], [generated.key, true])
})

test('an app can revoke its own keys only', async () => {
  const [one, other] = [await openAccount(), await openAccount()]
  const response = await one.put('/key', { key: other.apiKey, revoked: true })
  assert.equal(response.status, 404)
  assert.match(await errorMessage(response), /no key/)
  assert.equal((await other.send({ type: 'page' })).status, 200)
})

test('GET lists the waiting faults, and POST adds faults behind them', async () => {
  const account = await openAccount()
  const pending = async () => (await account.control('/faults')).json()
  assert.deepEqual(await pending(), [])
  await account.put('/faults', [{ status: 503, times: 2 }])
  assert.equal((await account.control('/faults', 'POST', [{}])).status, 400)
  await account.control('/faults', 'POST', [{ status: 429 }])
  assert.equal((await account.send({ type: 'page' })).status, 503)
  assert.deepEqual(await pending(), [{ status: 503, times: 1 }, { status: 429 }])
})

test('an event can be defined before it occurs', async () => {
  const account = await openAccount()
  assert.equal((await account.control('/events', 'POST', { name: 'Paid' })).status, 201)
  assert.equal((await account.control('/events', 'POST', { name: ' ' })).status, 400)
  assert.deepEqual(await (await account.control('/events')).json(), [
    { name: 'Paid', count: 0, attributes: [] },
  ])
})
