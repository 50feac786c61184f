import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { cloudflare, forwardedFor, userHash, vercel } from '../index.ts'
import { messageOf, origin, relayTo, said } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

const ask = (method: string, headers: Record<string, string> = {}) =>
  new Request('https://shop.example/hello', { method, headers })

test('preflight: the origin, the headers that the plugin sends, and no other method', async () => {
  const { relay } = relayTo('http://127.0.0.1:9/')
  const response = await relay(ask('OPTIONS', { origin }))
  assert.equal(response.status, 204)
  assert.equal(response.headers.get('access-control-allow-origin'), origin)
  assert.equal(response.headers.get('access-control-allow-credentials'), 'true')
  assert.equal(response.headers.get('access-control-allow-headers'), 'authorization, content-type')
  assert.equal(response.headers.get('vary'), 'Origin')
  const refused = await relay(ask('DELETE', { origin }))
  assert.equal(refused.status, 405)
  assert.equal(refused.headers.get('allow'), 'GET, POST, OPTIONS')
  assert.equal(refused.headers.get('access-control-allow-origin'), origin)
})

const listed = ['https://shop.example', 'https://*.shop.example', 'http://localhost:3000']
for (const [from, passes] of [
  ['https://shop.example', true],
  ['https://www.shop.example', true],
  ['https://a.b.shop.example', true],
  ['http://localhost:3000', true],
  ['http://localhost:3001', false],
  ['http://shop.example', false],
  ['https://shop.example:8443', false],
  ['https://www.shop.example:8443', false],
  ['https://notshop.example', false],
  ['https://.shop.example', false],
  ['https://shop.example.evil.example', false],
  ['null', false],
] as const) {
  test(`origin ${from} ${passes ? 'passes' : 'is refused'}`, async () => {
    const vendor = await startVendor()
    const response = await relayTo(vendor.url, { origins: listed }).send({}, { origin: from })
    assert.equal(response.status, passes ? 200 : 403)
    assert.equal(response.headers.get('access-control-allow-origin'), from)
    assert.equal(vendor.got.length > 0, passes)
  })
}

test('a request without Origin is refused, unless it carries a key that is set', async () => {
  const vendor = await startVendor()
  const body = JSON.stringify(messageOf({}))
  const post = (headers: Record<string, string>) =>
    new Request('https://shop.example/', { method: 'POST', body, headers })
  const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` })
  assert.equal((await relayTo(vendor.url).relay(post({}))).status, 403)
  const { relay } = relayTo(vendor.url, { apiKeys: ['k1', 'k2'] })
  assert.equal((await relay(post(basic('k2')))).status, 200)
  assert.equal((await relay(post({ ...basic('k2'), origin }))).status, 200)
  assert.equal((await relay(post(basic('other')))).status, 401)
  assert.equal((await relay(post({ authorization: 'Basic %%%' }))).status, 401)
  assert.equal((await relay(post({ origin }))).status, 401)
  assert.equal((await relay(post({ ...basic('k1'), origin: 'null' }))).status, 403)
})

for (const [what, body, status, words] of [
  ['nothing', '', 400, /not JSON/],
  ['no JSON', 'hello', 400, /not JSON/],
  ['a text', '"hello"', 400, /JSON object/],
  ['a batch', '{"batch":[{"type":"track"}]}', 400, /"type" is missing/],
  ['an unknown type', '{"type":"alias","messageId":"m","userId":"u"}', 501, /"alias"/],
  ['nobody', '{"type":"page","messageId":"m"}', 400, /Neither "userId" nor "anonymousId"/],
  ['no messageId', '{"type":"page","userId":"u"}', 400, /"messageId" is missing/],
  ['an object as id', '{"type":"page","messageId":"m","userId":{"a":1}}', 400, /"userId" must be a text/],
  ['a bottomless body', `${'['.repeat(3000)}${']'.repeat(3000)}`, 400, /nested deeper/],
  [
    'an id that is a step of a path',
    '{"type":"track","event":"e","messageId":"m","userId":".."}',
    400,
    /neither "\."/,
  ],
  [
    'an anonymousId that is one',
    '{"type":"track","event":"e","messageId":"m","userId":"u","anonymousId":"."}',
    400,
    /neither/,
  ],
  ['half a surrogate pair as id', '{"type":"page","messageId":"m","userId":"a\\ud800"}', 400, /well-formed/],
] as const) {
  test(`${what} for a body: ${status} with a reason, and no call`, async () => {
    const vendor = await startVendor()
    const { post, results } = relayTo(vendor.url)
    const response = await post(body)
    assert.equal(response.status, status)
    assert.match(await said(response), words)
    assert.equal(vendor.got.length, 0)
    assert.equal(results[0]?.outcome, 'refused')
    assert.equal(response.headers.get('access-control-allow-origin'), origin)
  })
}

test('an id of 10,000 characters goes by REST’s own id', async () => {
  const vendor = await startVendor()
  const userId = 'x'.repeat(10_000)
  assert.equal((await relayTo(vendor.url).send({ userId })).status, 200)
  assert.deepEqual(vendor.calls(), ['POST users/update_or_create/', 'POST events/'])
})

test('a body beyond maxBytes is 413, however it comes', async () => {
  const vendor = await startVendor()
  const { post, relay } = relayTo(vendor.url, { maxBytes: 1000 })
  assert.equal((await post('x'.repeat(1001))).status, 413)
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(100)) })
  const request = { method: 'POST', body: endless, duplex: 'half', headers: { origin } }
  assert.equal((await relay(new Request('https://shop.example/', request))).status, 413)
})

test('a body that does not end is given up: 408', async () => {
  const { relay } = relayTo('http://127.0.0.1:9/', { timeoutMs: 100 })
  const slow = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) })
  const request = { method: 'POST', body: slow, duplex: 'half', headers: { origin } }
  assert.equal((await relay(new Request('https://shop.example/', request))).status, 408)
})

test('beforeSend changes a message or drops it; the result says so', async () => {
  const vendor = await startVendor()
  const { send, results } = relayTo(vendor.url, {
    beforeSend: (message) => (message.type === 'track' ? { ...message, event: 'Renamed' } : null),
  })
  assert.equal((await send()).status, 200)
  assert.equal(vendor.got[0]?.body.name, 'Renamed')
  assert.equal((await send({ type: 'page' })).status, 200)
  assert.equal(vendor.got.length, 1)
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ['delivered', 'dropped'],
  )
})

test('verify or beforeSend that throws, or returns no message: 500, and nothing is sent', async () => {
  const vendor = await startVendor()
  const fails = () => {
    throw new Error('site')
  }
  for (const options of [
    { verify: fails },
    { beforeSend: fails },
    { beforeSend: () => ({}) as never },
    { ip: fails },
  ]) {
    const response = await relayTo(vendor.url, options).send()
    assert.equal(response.status, 500)
    assert.equal(response.headers.get('access-control-allow-origin'), origin)
  }
  assert.equal(vendor.got.length, 0)
})

test('userHash takes a message only with the HMAC of its userId', async () => {
  const vendor = await startVendor()
  const { send } = relayTo(vendor.url, { verify: userHash('secret') })
  const hash = (userId: string) => createHmac('sha256', 'secret').update(userId).digest('hex')
  assert.equal((await send({ context: { userHash: hash('ann') } })).status, 200)
  for (const fields of [
    {},
    { context: { userHash: hash('bob') } },
    { context: { userHash: `${hash('ann')}00` } },
    { context: { userHash: 42 } },
    { userId: undefined, anonymousId: 'ann', context: { userHash: hash('ann') } },
    { userId: '', anonymousId: 'ann', context: { userHash: hash('') } },
  ]) {
    assert.equal((await send(fields)).status, 422)
  }
  assert.equal(vendor.got.length, 1)
  assert.throws(() => userHash(undefined as never), /userHash needs a secret/)
})

test('one address sends 200 in a burst; then it waits, and others do not', async () => {
  const vendor = await startVendor()
  const { send } = relayTo(vendor.url, { ip: (request) => request.headers.get('x-address') ?? undefined })
  const from = (address: string) => send({ userId: `u${Math.random()}` }, { 'x-address': address })
  const answers = await Promise.all(Array.from({ length: 260 }, () => from('192.0.2.1')))
  const refused = answers.filter(({ status }) => status === 429)
  assert.ok(refused.length > 30 && refused.length <= 60, String(refused.length))
  assert.ok(Number(refused[0]?.headers.get('retry-after')) >= 1)
  assert.equal((await from('192.0.2.2')).status, 200)
})

test('the address of the visitor becomes ip_address, unless the site has set one; no header is trusted by itself', async () => {
  const vendor = await startVendor()
  const written = () => vendor.bodies('users/update_or_create/').at(-1).ip_address
  const headers = {
    'x-forwarded-for': '6.6.6.6, 192.0.2.7, 10.0.0.1',
    'cf-connecting-ip': '192.0.2.8',
    'x-real-ip': '192.0.2.9',
  }
  for (const [ip, expected] of [
    [undefined, undefined],
    [forwardedFor(2), '192.0.2.7'],
    [forwardedFor(1), '10.0.0.1'],
    [cloudflare, '192.0.2.8'],
    [vercel, '192.0.2.9'],
  ] as const) {
    await relayTo(vendor.url, { ip }).send({ type: 'page' }, headers)
    assert.equal(written(), expected)
  }
  await relayTo(vendor.url, { ip: vercel }).send({ type: 'page', context: { ip: '192.0.2.1' } }, headers)
  assert.equal(written(), '192.0.2.1')
})

test('close: health is 503 at once, new messages wait, and it resolves when the others are settled', async () => {
  const answered: (() => void)[] = []
  const vendor = await startVendor(
    () => new Promise((resolve) => answered.push(() => resolve([200, { id: 1 }]))),
  )
  const { relay, send, get } = relayTo(vendor.url)
  const first = send()
  while (answered.length === 0) await new Promise(setImmediate)
  let isClosed = false
  const closed = relay.close().then(() => {
    isClosed = true
  })
  assert.equal((await get()).status, 503)
  const late = await send()
  assert.equal(late.status, 503)
  assert.ok(Number(late.headers.get('retry-after')) >= 1)
  assert.equal(isClosed, false)
  for (const answer of answered) answer()
  assert.equal((await first).status, 200)
  await closed
})

test('close takes no message of the backend either, and ends in time with a store that hangs', async () => {
  const vendor = await startVendor()
  const hangs = (): Promise<never> => new Promise(() => {})
  const store = { get: hangs, set: hangs, claim: hangs, release: hangs }
  const { relay, send } = relayTo(vendor.url, { store, timeoutMs: 200 })
  void send()
  const began = Date.now()
  const closed = relay.close()
  assert.equal((await relay.deliver(messageOf({}) as never)).outcome, 'waits')
  await closed
  assert.ok(Date.now() - began < 5000)
})

test('a Worker is kept alive by ctx.waitUntil; a host’s second argument that has none does no harm', async () => {
  const vendor = await startVendor()
  const { relay } = relayTo(vendor.url)
  const request = () =>
    new Request('https://shop.example/', {
      method: 'POST',
      body: JSON.stringify(messageOf({})),
      headers: { origin },
    })
  const kept: Promise<unknown>[] = []
  const response = await relay(request(), {}, { waitUntil: (work: Promise<unknown>) => kept.push(work) })
  assert.equal(response.status, 200)
  assert.equal(kept.length, 1)
  assert.equal((await relay(request(), { params: Promise.resolve({}) })).status, 200)
})

test('onResult that throws does not matter, at once or later', async () => {
  const vendor = await startVendor()
  const throws = () => {
    throw new Error('site')
  }
  for (const onResult of [throws, async () => throws()]) {
    assert.equal((await relayTo(vendor.url, { onResult }).send()).status, 200)
    // Node.js ends a process for a rejection that nobody handles.
    await new Promise(setImmediate)
  }
})

test('deliver takes a message of the backend itself, and refuses what is none', async () => {
  const vendor = await startVendor()
  const { relay, results } = relayTo(vendor.url, { verify: () => false })
  const result = await relay.deliver(messageOf({}) as never)
  assert.equal(result.outcome, 'delivered')
  assert.equal(result.calls, 1)
  const refused = await relay.deliver(messageOf({ userId: { secret: 'value' } }) as never)
  assert.equal(refused.outcome, 'refused')
  assert.match(refused.reason ?? '', /"userId" must be a text, got .*secret/, 'the caller is told')
  assert.doesNotMatch(JSON.stringify(results), /secret/, 'a log is not')
})
