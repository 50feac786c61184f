import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, messageOf, openAccount, said } from './support/sandbox.ts'

const identify = { type: 'identify', traits: { plan: 'pro' } }
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

/** What is wrong, the body, the status, and what the answer must name. */
const malformed: [name: string, body: unknown, status: number, names: RegExp][] = [
  ['no body', '', 400, /not JSON/],
  ['broken JSON', '{"type":', 400, /not JSON/],
  ['an array', [], 400, /JSON object/],
  ['null', null, 400, /JSON object/],
  ['a text', '"hello"', 400, /JSON object/],
  ['no type', messageOf({}), 400, /"type"/],
  ['an empty type', messageOf({ type: '' }), 400, /"type"/],
  ['a type that is none', messageOf({ type: 5 }), 400, /"type"/],
  ['an alias', messageOf({ type: 'alias' }), 501, /"alias"/],
  ['a screen', messageOf({ type: 'screen' }), 501, /"screen"/],
  ['no messageId', messageOf({ ...identify, messageId: undefined }), 400, /"messageId"/],
  ['a number as messageId', messageOf({ ...identify, messageId: 1 }), 400, /"messageId"/],
  ['no id of a user', messageOf({ ...identify, userId: undefined }), 400, /"userId" nor "anonymousId"/],
  ['empty ids of a user', messageOf({ ...identify, userId: '', anonymousId: null }), 400, /"anonymousId"/],
  ['an object as userId', messageOf({ ...identify, userId: {}, anonymousId: 'x' }), 400, /"userId"/],
  ['a text as traits', messageOf({ ...identify, traits: 'pro' }), 400, /"traits"/],
  ['an array as traits', messageOf({ ...identify, traits: ['pro'] }), 400, /"traits"/],
  ['a text as context', messageOf({ ...identify, context: 'none' }), 400, /"context"/],
  ['a text as properties', messageOf({ type: 'page', properties: 'none' }), 400, /"properties"/],
  ['a timestamp that is none', messageOf({ ...identify, timestamp: 'soon 1' }), 400, /"timestamp"/],
  ['an event without a name', messageOf({ type: 'track' }), 400, /"event"/],
  ['an event with a blank name', messageOf({ type: 'track', event: ' ' }), 400, /"event"/],
  ['a group without an id', messageOf({ type: 'group' }), 400, /"groupId"/],
  ['10,000 levels of nesting', `{"type":"identify","traits":${nested(10_000)}}`, 400, /nested/],
]
for (const [name, body, status, names] of malformed) {
  test(`${name}: ${status}, kept in the log, nothing applied`, async () => {
    const account = await openAccount()
    const text = typeof body === 'string' ? body : JSON.stringify(body)

    const response = await account.post(text)

    assert.equal(response.status, status)
    assert.match(await said(response), names)
    const entry = await account.lastMessage()
    assert.equal(entry.status, status)
    assert.deepEqual(entry.changes, [])
    assert.deepEqual(await account.users(), [])
  })
}

test('the log keeps the parsed body, or the text where it is no JSON', async () => {
  const account = await openAccount()
  await account.post('{"type": ')
  await account.post('{"type": "alias"}')
  assert.deepEqual(
    (await account.messages()).map(({ body }) => body),
    ['{"type": ', { type: 'alias' }],
  )
})

test('a message that was refused may come again, corrected', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', messageId: 'm', traits: 'wrong' })
  await account.send({ type: 'identify', messageId: 'm', traits: { plan: 'pro' } })
  const { status, repeated } = await account.lastMessage()
  assert.deepEqual([status, repeated], [200, false])
  assert.equal((await account.profile()).plan, 'pro')
})

const limit = 1024 * 1024
for (const [character, bytes] of [
  ['a', 1],
  ['ż', 2],
] as const) {
  test(`1 MB is taken and one byte more is not, of characters of ${bytes} byte`, async () => {
    const account = await openAccount()
    const padded = (size: number): string => {
      const empty = JSON.stringify(messageOf({ type: 'identify', traits: { text: '' }, messageId: 'm' }))
      const room = size - Buffer.byteLength(empty)
      const text = 'a'.repeat(room % bytes) + character.repeat(Math.floor(room / bytes))
      return empty.replace('"text":""', `"text":"${text}"`)
    }
    assert.equal((await account.post(padded(limit + 1))).status, 413)
    assert.equal((await account.post(padded(limit))).status, 200)
    assert.deepEqual(
      (await account.messages()).map(({ status }) => status),
      [413, 200],
    )
  })
}

for (const [name, authorization] of [
  ['no', undefined],
  ['an unknown', `Basic ${Buffer.from('nobody:').toString('base64')}`],
  ['an empty', 'Basic Og=='],
  ['a token as', 'Token demo-token'],
] as const) {
  test(`${name} API key: 401, and the answer says how to send one`, async () => {
    const response = await ask('/api/segment/', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
      body: JSON.stringify(messageOf(identify)),
    })
    assert.equal(response.status, 401)
    assert.match(await said(response), /Basic.*App settings > Advanced > Segment API keys/)
  })
}

// "Verify that API key your using in Segment is not revoked by going to App settings > Advanced > Segment API keys"
test('a revoked key: 403, until it is restored', async () => {
  const account = await openAccount()
  await account.put('/key', { revoked: true })
  const response = await account.send(identify)
  assert.equal(response.status, 403)
  assert.match(await said(response), /revoked.*App settings > Advanced > Segment API keys/)

  await account.put('/key', { revoked: false })
  assert.equal((await account.send(identify)).status, 200)
  assert.deepEqual(
    (await account.messages()).map(({ status }) => status),
    [403, 200],
  )
})

// "verify that domain the request from is trusted […] App settings > Advanced > Domains"
test('an untrusted domain: 403 that names it', async () => {
  const account = await openAccount()
  await account.put('/domains', ['Shop.example'])
  const response = await account.send(identify, { origin: 'https://other.example' })
  assert.equal(response.status, 403)
  assert.match(await said(response), /other\.example is not trusted.*App settings > Advanced > Domains/)
  assert.equal((await account.send(identify, { origin: 'https://www.shop.example:8080' })).status, 200)
  assert.equal((await account.send(identify)).status, 200)
})

test('refusals come in the order key, domain, fault, form', async () => {
  const account = await openAccount()
  const from = (origin: string) => account.post('{', { origin })
  await account.put('/key', { revoked: true })
  await account.put('/domains', ['shop.example'])
  await account.put('/faults', [{ status: 503 }])

  assert.match(await said(await from('https://other.example')), /revoked/)
  await account.put('/key', { revoked: false })
  assert.match(await said(await from('https://other.example')), /not trusted/)
  assert.equal((await from('https://shop.example')).status, 503)
  assert.match(await said(await from('https://shop.example')), /not JSON/)
})

test('a preflight allows the headers that the plugin sends, from anywhere', async () => {
  const response = await ask('/api/segment/', {
    method: 'OPTIONS',
    headers: {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  })
  assert.equal(response.status, 204)
  assert.equal(response.headers.get('access-control-allow-origin'), '*')
  assert.match(response.headers.get('access-control-allow-methods') ?? '', /POST/)
  assert.match(response.headers.get('access-control-allow-headers') ?? '', /authorization.*content-type/i)
  assert.ok(Number(response.headers.get('access-control-max-age')) > 0)
})

test('a page can read every answer, refusals too', async () => {
  const account = await openAccount()
  await account.put('/faults', [{ status: 503, retryAfter: 7 }])
  const answers = [
    await account.send(identify),
    await account.post('{'),
    await account.send(identify),
    await account.post('{}', { authorization: 'Basic bm9ib2R5Og==' }),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [503, 400, 200, 401],
  )
  for (const { headers } of answers) {
    assert.equal(headers.get('access-control-allow-origin'), '*')
    assert.match(headers.get('access-control-expose-headers') ?? '', /retry-after/i)
  }
})

test('the address of the endpoint works without its last slash', async () => {
  const account = await openAccount()
  const headers = { authorization: account.authorization }
  const body = JSON.stringify(messageOf(identify))
  assert.equal((await ask('/api/segment', { method: 'POST', headers, body })).status, 200)
})
