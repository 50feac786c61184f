import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relayTo, said, token } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

const calls = [
  { type: 'identify', anonymousId: crypto.randomUUID(), traits: { plan: 'pro' } },
  { type: 'page', context: { locale: 'pl' } },
  { type: 'track', event: 'Order Completed', properties: { products: [{ product_id: 'bag' }] } },
  { type: 'group', groupId: 'acme', traits: { plan: 'team' } },
]

for (const status of [200, 301, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503]) {
  test(`User.com echoes the token with ${status}: it is in no answer, result or log`, async (t) => {
    const logged: string[] = []
    t.mock.method(console, 'error', (...words: unknown[]) => logged.push(words.map(String).join(' ')))
    const echo = `Token ${token}`
    const vendor = await startVendor(() => [
      status,
      { id: 5, detail: echo, errors: { [token]: [echo] }, [token]: [echo], results: [{ name: token }] },
      { 'x-token': token, 'retry-after': '0', location: `https://evil.example/${token}` },
    ])
    const { send, get, results } = relayTo(vendor.url, { products: true, siteViews: true })
    const said: string[] = []
    for (const call of calls) {
      const response = await send(call)
      said.push(JSON.stringify([...response.headers]), await response.text())
    }
    said.push(await (await get()).text(), JSON.stringify(results), ...logged)
    assert.doesNotMatch(said.join('\n'), new RegExp(token))
    for (const { headers } of vendor.got) assert.equal(headers.authorization, echo)
  })
}

test('a token that JSON writes with backslashes is struck out as well', async () => {
  const slashed = 'token/of+the=account'
  const vendor = await startVendor((_, response) => {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(`{"detail":"Token ${slashed.replaceAll('/', '\\/')}"}`)
    return 'hang'
  })
  const response = await relayTo(vendor.url, { token: slashed }).send()
  assert.equal(await said(response), 'User.com refused the message: Token …')
})

/** All routes that a message may reach. */
const routes = new RegExp(
  `^(${[
    'users/update_or_create/',
    'users/5/(remove_attribute/)?',
    'users-by-id/[^/]+/((events|remove_attribute)/)?',
    'events/',
    'attributes/',
    'companies/(9/add_member/)?',
    'companies-by-id/[^/]+/',
    'products/',
    'products-by-id/[^/]+/product_event/',
    'site-views/',
  ].join('|')})$`,
)
const ids = [
  '.',
  '..',
  '../users/merge',
  '..%2f..%2fusers%2fmerge',
  '%2e%2e',
  '.%2e/',
  'a/b',
  'a\\..\\b',
  '?x=1',
  '#x',
  'a?b#c',
  ';a',
  '@evil.example',
  '//evil.example/',
  'https://evil.example/',
  '\u0000',
  '\r\nHost: evil.example',
  '\ud800',
  '．．',
  ' ',
  'x'.repeat(5000),
  '😀',
  '__proto__',
]

test('no id leads to another REST route, or host', async () => {
  const vendor = await startVendor()
  const { send } = relayTo(vendor.url, { products: true, siteViews: true })
  for (const id of ids) {
    for (const fields of [{ userId: id }, { userId: undefined, anonymousId: id }]) {
      for (const call of calls) await send({ ...call, ...fields })
    }
    await send({ type: 'group', groupId: id })
    await send({ type: 'identify', userId: 'ann', anonymousId: id, traits: { [id]: null } })
    await send({ event: 'Product Viewed', properties: { product_id: id } })
  }
  assert.ok(vendor.got.length > 200)
  for (const { path, headers } of vendor.got) {
    assert.match(path, routes)
    assert.doesNotMatch(decodeURIComponent(path), /^[^?]*\/\.\.?\//)
    assert.match(headers.host ?? '', /^127\.0\.0\.1:\d+$/)
  }
})

test('a page sets no reserved field, in no spelling, of a user or a company', async () => {
  const vendor = await startVendor()
  const { send } = relayTo(vendor.url)
  const reserved = ['id', 'custom_id', 'user_id', 'user_key', 'key', 'status', 'assigned_to', 'company_id']
  reserved.push('company_custom_id', 'tags', 'lists', 'notifications', 'unsubscribed', 'score', 'last_ip')
  reserved.push('first_seen', 'last_seen', 'page_views')
  const spellings = (name: string): string[] => [
    name,
    name.toUpperCase(),
    name.replaceAll('_', ' '),
    name.replaceAll('_', '-'),
    name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    ` ${name}`,
  ]
  const traits = Object.fromEntries(reserved.flatMap(spellings).map((name) => [name, 'x']))
  await send({ type: 'identify', traits })
  assert.deepEqual(vendor.bodies('users/update_or_create/'), [{ custom_id: 'ann', status: 2 }])

  vendor.clear()
  const company = [
    'id',
    'custom_id',
    'members',
    'user_id',
    'user_custom_id',
    'tags',
    'assigned_to',
    'created_at',
    'updated_at',
  ]
  await send({
    type: 'group',
    groupId: 'acme',
    traits: Object.fromEntries(company.flatMap(spellings).map((name) => [name, 'x'])),
  })
  assert.deepEqual(vendor.calls().slice(1), ['GET companies-by-id/acme/', 'POST companies/9/add_member/'])
  assert.ok(!vendor.got.some(({ method, path }) => method === 'POST' && path === 'attributes/'))
})

test('a page with many names, a long name and a deep value costs itself only', async () => {
  const vendor = await startVendor()
  const { send } = relayTo(vendor.url)
  const deep = JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`)
  const traits = { deep, ...Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`name ${n}`, n])) }
  assert.equal((await send({ type: 'identify', traits })).status, 200)
  assert.ok(vendor.got.length <= 53)
  assert.equal((await send({ userId: 'bob' })).status, 200)
})
