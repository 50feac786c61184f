import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorMessage, openAccount } from '../support/sandbox.ts'

const defaults = {
  undefinedAttributes: 'create',
  phone: 'any',
  siteViews: 'on',
  deleteCompany: 'on',
  nullField: 'clear',
  customIdTaken: 400,
}

test('each switch is set by itself, and the others stay', async () => {
  const account = await openAccount()
  const switches = async () => (await account.control('/rest')).json()
  assert.deepEqual(await switches(), defaults)
  await account.put('/rest', { phone: 'e164' })
  await account.put('/rest', { customIdTaken: 409 })
  assert.deepEqual(await switches(), { ...defaults, phone: 'e164', customIdTaken: 409 })
  assert.deepEqual(await (await (await openAccount()).control('/rest')).json(), defaults)
})

for (const [body, said] of [
  [{ phone: 'E164' }, /"phone" must be any or e164, got "E164"/],
  [{ customIdTaken: '409' }, /"customIdTaken" must be 400 or 409/],
  [{ nullfield: 'clear' }, /no switch "nullfield"/],
  [[], /object of switches/],
  [null, /object of switches/],
] as const) {
  test(`the switches ${JSON.stringify(body)} are refused with a reason`, async () => {
    const account = await openAccount()
    const response = await account.put('/rest', body)
    assert.equal(response.status, 400)
    assert.match(await errorMessage(response), said)
    assert.deepEqual(await (await account.control('/rest')).json(), defaults)
  })
}

for (const [choice, status, kept] of [
  ['create', 201, { plan: 'pro' }],
  ['ignore', 201, {}],
  ['refuse', 400, undefined],
] as const) {
  test(`undefinedAttributes: ${choice}, for users and companies`, async () => {
    const account = await openAccount()
    await account.put('/rest', { undefinedAttributes: choice })
    for (const [path, more] of [
      ['users', { custom_id: 'one' }],
      ['companies', { custom_id: 'one', name: 'One' }],
    ] as const) {
      const answer = await account.rest('POST', `${path}/`, { ...more, plan: 'pro' })
      assert.equal(answer.status, status)
      if (status === 400) assert.deepEqual(Object.keys(answer.body), ['plan'])
      else assert.deepEqual(answer.body.plan && { plan: answer.body.plan }, 'plan' in kept ? kept : undefined)
    }
    assert.equal((await account.definitions()).length, choice === 'create' ? 2 : 0)
    const ignored = (await account.restRequests()).flatMap(({ changes }) =>
      changes.filter(({ kind }) => kind === 'ignored'),
    )
    assert.equal(ignored.length, choice === 'ignore' ? 2 : 0)
  })
}

test('phone: any takes every text, e164 only the form of E.164', async () => {
  const account = await openAccount()
  const statusOf = async (phone_number: string) =>
    (await account.rest('POST', 'users/', { phone_number })).status
  assert.equal(await statusOf('2345678901'), 201)
  await account.put('/rest', { phone: 'e164' })
  assert.equal(await statusOf('2345678901'), 400)
  assert.equal(await statusOf('+48123456789'), 201)
})

test('nullField: clear empties a field or an attribute, refuse names it', async () => {
  const account = await openAccount()
  await account.rest('POST', 'users/', { custom_id: 'ada', city: 'Oslo', plan: 'pro', gender: 3 })
  await account.rest('POST', 'companies/', { custom_id: 'acme', name: 'Acme', city: 'Oslo', plan: 'pro' })
  const nothing = { city: null, plan: null }
  await account.put('/rest', { nullField: 'refuse' })
  for (const path of ['users-by-id/ada/', 'companies-by-id/acme/']) {
    const { status, body } = await account.rest('PUT', path, nothing)
    assert.deepEqual([status, Object.keys(body).sort()], [400, ['city', 'plan']])
    assert.equal((await account.rest('GET', path)).body.city, 'Oslo')
  }
  await account.put('/rest', { nullField: 'clear' })
  for (const path of ['users-by-id/ada/', 'companies-by-id/acme/']) {
    const { body } = await account.rest('PUT', path, nothing)
    assert.deepEqual([body.city, body.plan], [null, undefined])
  }
  assert.equal((await account.rest('PUT', 'users-by-id/ada/', { gender: null })).body.gender, 'unknown')
})

test('siteViews: on records a page view and moves last_seen forward, off answers 404', async () => {
  const account = await openAccount()
  const { user_key: client_user } = (await account.rest('POST', 'users/', { custom_id: 'ada' })).body
  const view = { client_user, page_domain: 'https://shop.example/cart', page_path: '/cart' }
  for (const timestamp of ['2026-02-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']) {
    assert.equal((await account.rest('POST', 'site-views/', { ...view, timestamp })).status, 201)
  }
  const user = (await account.rest('GET', 'users-by-id/ada/')).body
  assert.deepEqual([user.page_views, user.last_seen], [2, '2026-02-01T00:00:00.000Z'])
  const hits = (await account.rest('GET', 'users-by-id/ada/ping_hits/')).body
  assert.deepEqual([hits.count, hits.results[0].url], [2, 'https://shop.example/cart'])
  assert.equal((await account.pageViews('ada')).length, 2)

  const wrong = await account.rest('POST', 'site-views/', { ...view, timestamp: 'yesterday' })
  assert.deepEqual([wrong.status, Object.keys(wrong.body)], [400, ['timestamp']])
  await account.put('/rest', { siteViews: 'off' })
  assert.equal((await account.rest('POST', 'site-views/', view)).status, 404)
  assert.equal((await account.profile('ada')).page_views, 2)
})

test('deleteCompany: on removes a company and its members stay, off answers 405', async () => {
  const account = await openAccount()
  await account.send({ type: 'group', groupId: 'acme', traits: { name: 'Acme', plan: 'team' } })
  await account.put('/rest', { deleteCompany: 'off' })
  assert.equal((await account.rest('DELETE', 'companies-by-id/acme/')).status, 405)
  await account.put('/rest', { deleteCompany: 'on' })
  assert.equal((await account.rest('DELETE', 'companies-by-id/acme/')).status, 204)
  assert.equal((await account.rest('GET', 'companies-by-id/acme/')).status, 404)
  assert.equal((await account.rest('DELETE', 'companies-by-id/acme/')).status, 404)
  assert.deepEqual((await account.profile()).companies, [])
  // The id is free again, and nothing of the first is found under it.
  const { body } = await account.rest('POST', 'companies/', { custom_id: 'acme', name: 'Acme' })
  assert.deepEqual([body.employees, body.plan], [[], undefined])
  assert.equal((await account.rest('DELETE', `companies/${body.id}/`)).status, 204)
})
