import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf, openAccount } from '../support/sandbox.ts'

test('without a token, with a wrong one or with an API key the answer is 401', async () => {
  const { rest, authorization, apiKey } = await openAccount()
  for (const header of [
    '',
    'Token',
    'Token nothing',
    `Token ${apiKey}`,
    authorization,
    'Bearer demo-token',
  ]) {
    const { status, body, headers } = await rest('GET', 'users/', undefined, { authorization: header })
    assert.equal(status, 401, header)
    assert.match(body.detail, /Authorization: Token <token>/)
    assert.equal(headers.get('www-authenticate'), 'Token')
  }
})

test('a token that may only read is refused to write, and the reverse', async () => {
  const account = await openAccount()
  const tokenOf = async (scope: string) =>
    ((await (await account.control('/rest/tokens', 'POST', { scope })).json()) as { token: string }).token
  const reader = accountOf({ ...account, token: await tokenOf('read') })
  const writer = accountOf({ ...account, token: await tokenOf('write') })
  assert.equal((await reader.rest('GET', 'users/')).status, 200)
  const refused = await reader.rest('POST', 'users/', { custom_id: 'ada' })
  assert.equal(refused.status, 403)
  assert.match(refused.body.detail, /may only read/)
  assert.equal((await writer.rest('POST', 'users/', { custom_id: 'ada' })).status, 201)
  assert.equal((await writer.rest('GET', 'attributes/')).status, 403)
  assert.equal((await account.control('/rest/tokens', 'POST', { scope: 'all' })).status, 400)
  const tokens = (await (await account.control('/rest/tokens')).json()) as { scope: string }[]
  assert.deepEqual(tokens.map(({ scope }) => scope).sort(), ['full', 'read', 'write'])
})

test('a path without its final slash is redirected, and nothing of the request is done', async () => {
  const account = await openAccount()
  for (const [method, path, location] of [
    ['POST', 'users/update_or_create', '/api/public/users/update_or_create/'],
    ['GET', 'users/search?email=a@b.example', '/api/public/users/search/?email=a@b.example'],
    ['DELETE', 'users-by-id/ada', '/api/public/users-by-id/ada/'],
  ] as const) {
    const { status, headers } = await account.rest(
      method,
      path,
      method === 'POST' ? { custom_id: 'ada' } : undefined,
    )
    assert.deepEqual([status, headers.get('location')], [301, location])
  }
  assert.equal((await account.rest('GET', 'users/')).body.count, 0)
})

test('unknown paths are answered 404, known ones by another method 405', async () => {
  const { rest } = await openAccount()
  for (const path of ['', 'nothing/', 'users/abc/', 'users/1/', 'users/99999999999999999999/', 'users/-1/']) {
    assert.equal((await rest('GET', path)).status, 404, path)
  }
  const { status, body } = await rest('DELETE', 'users/')
  assert.equal(status, 405)
  assert.match(body.detail, /GET or POST/)
  assert.equal((await rest('GET', 'users/update_or_create/')).status, 405)
})

for (const [name, body] of [
  ['is no JSON', '{'],
  ['is an array', '[]'],
  ['is a text', '"x"'],
  ['is null', 'null'],
  ['is nested too deeply', `{"a":${'['.repeat(3000)}${']'.repeat(3000)}}`],
] as const) {
  test(`a body that ${name} is answered 400 with a reason`, async () => {
    const account = await openAccount()
    const answer = await account.rest('POST', 'users/', body)
    assert.equal(answer.status, 400)
    assert.match(answer.body.detail, /body/)
    assert.equal((await account.rest('GET', 'users/')).body.count, 0)
  })
}

test('a body of more than 1 MB is answered 413, and one of nearly 1 MB is read', async () => {
  const account = await openAccount()
  const { status, body } = await account.rest('POST', 'users/', { plan: 'x'.repeat(1024 * 1024) })
  assert.equal(status, 413)
  assert.match(body.detail, /larger than 1048576 bytes/)
  assert.equal((await account.rest('POST', 'users/', { plan: 'x'.repeat(1024 * 1000) })).status, 400)
})

for (const id of [
  'żółw',
  '👩‍💻',
  ':custom_id',
  '...',
  'a b+c',
  'a?b#c',
  '%41',
  '__proto__',
  'constructor',
  'search',
  '1',
]) {
  test(`the id ${JSON.stringify(id)} has its address`, async () => {
    const { rest } = await openAccount()
    assert.equal((await rest('POST', 'users/update_or_create/', { custom_id: id })).status, 201)
    const path = `users-by-id/${encodeURIComponent(id)}/`
    assert.equal((await rest('GET', path)).body.custom_id, id)
    assert.equal((await rest('POST', `${path}events/`, { name: 'Seen' })).status, 201)
    assert.equal((await rest('DELETE', path)).status, 204)
  })
}

test('an id with a slash has no address, and one that no database holds is refused', async () => {
  const { rest } = await openAccount()
  const { id } = (await rest('POST', 'users/update_or_create/', { custom_id: 'a/b' })).body
  assert.equal((await rest('GET', 'users-by-id/a%2Fb/')).status, 404)
  assert.equal((await rest('POST', 'users-by-id/a%2fb/events/', { name: 'Seen' })).status, 404)
  assert.equal((await rest('GET', `users/${id}/`)).body.custom_id, 'a/b')
  for (const custom_id of ['a\0b', '\ud800', 'x'.repeat(256), {}, ['ada'], true]) {
    const { status, body } = await rest('POST', 'users/update_or_create/', { custom_id })
    assert.deepEqual([status, Object.keys(body)], [400, ['custom_id']])
  }
  assert.equal((await rest('GET', 'users-by-id/a%00b/')).status, 404)
})

test('a key named like a part of JavaScript is an attribute like any other', async () => {
  const { rest } = await openAccount()
  const body = '{"custom_id":"ada","__proto__":"x","constructor":"y","toString":"z"}'
  assert.equal((await rest('POST', 'users/update_or_create/', body)).status, 201)
  const user = (await rest('GET', 'users-by-id/ada/')).body
  // `name_std` has no underscores at the ends of a word's letters but those of the name.
  assert.deepEqual([user._proto_, user.constructor, user.tostring], ['x', 'y', 'z'])
  const refused = await rest('POST', 'users/', `{"__proto__":"${'x'.repeat(256)}"}`)
  assert.equal(refused.status, 400)
  assert.ok(Object.hasOwn(refused.body, '__proto__'))
})

test('an id of nobody is answered 404, whatever is asked of it', async () => {
  const { rest } = await openAccount()
  for (const [method, path, body] of [
    ['GET', 'users-by-id/nobody/'],
    ['PUT', 'users-by-id/nobody/', { city: 'Oslo' }],
    ['DELETE', 'users-by-id/nobody/'],
    ['GET', 'users-by-id/nobody/events/'],
    ['POST', 'users-by-id/nobody/events/', { name: 'Seen' }],
    ['POST', 'users-by-id/nobody/set_attribute/', { attribute: 'plan', value: 1 }],
    ['POST', 'events/', { name: 'Seen', user_id: 1_000_000 }],
    ['GET', 'users/search/?email=nobody@example.com'],
    ['GET', 'users/search/?key=nobody'],
    ['GET', 'users/search/?phone_number=%2B48'],
    ['POST', 'users/merge/', { parent: 1_000_000, users_list: [1_000_001] }],
    ['GET', 'companies-by-id/nobody/'],
    ['PUT', 'companies/1000000/', { name: 'Acme' }],
    ['POST', 'companies-by-id/nobody/add_member/', { user_id: 1 }],
    ['GET', 'products-by-id/nobody/details/'],
    ['POST', 'products-by-id/nobody/product_event/', { user_custom_id: 'x', event_type: 'view' }],
    ['POST', 'site-views/', { client_user: 'nobody', page_domain: 'shop.example' }],
  ] as const) {
    const answer = await rest(method, path, body)
    assert.equal(answer.status, 404, `${method} ${path}`)
    assert.equal(typeof answer.body.detail, 'string')
  }
})

test('the token of one app opens nothing of another', async () => {
  const [mine, theirs] = [await openAccount(), await openAccount()]
  const { id } = (await mine.rest('POST', 'users/', { custom_id: 'ada', email: 'ada@example.com' })).body
  for (const path of ['users-by-id/ada/', `users/${id}/`, 'users/search/?email=ada@example.com']) {
    assert.equal((await theirs.rest('GET', path)).status, 404)
  }
  assert.equal((await theirs.rest('PUT', `users/${id}/`, { city: 'Oslo' })).status, 404)
  assert.equal((await theirs.rest('POST', 'events/', { user_id: id, name: 'Seen' })).status, 404)
})
