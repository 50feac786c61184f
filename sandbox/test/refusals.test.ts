import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, errorMessage, messageOf, openAccount } from './support/sandbox.ts'

const identify = { type: 'identify', traits: { plan: 'pro' } }

for (const [name, authorization] of [
  ['no', undefined],
  ['an unknown', `Basic ${Buffer.from('nobody:').toString('base64')}`],
  ['an empty', 'Basic Og=='],
  ['a token as', 'Token demo-token'],
] as const) {
  test(`${name} API key is answered 401 with the way to send one`, async () => {
    const response = await ask('/api/segment/', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
      body: JSON.stringify(messageOf(identify)),
    })
    assert.equal(response.status, 401)
    assert.match(await errorMessage(response), /Basic.*App settings > Advanced > Segment API keys/)
  })
}

// "Verify that API key your using in Segment is not revoked by going to App settings > Advanced > Segment API keys"
test('a revoked key is answered 403, until it is restored', async () => {
  const account = await openAccount()
  await account.put('/key', { revoked: true })
  const response = await account.send(identify)
  assert.equal(response.status, 403)
  assert.match(await errorMessage(response), /revoked.*App settings > Advanced > Segment API keys/)

  await account.put('/key', { revoked: false })
  assert.equal((await account.send(identify)).status, 200)
  assert.deepEqual(
    (await account.messages()).map(({ status }) => status),
    [403, 200],
  )
})

// "verify that domain the request from is trusted […] App settings > Advanced > Domains"
test('an untrusted domain is answered 403 with its name', async () => {
  const account = await openAccount()
  await account.put('/domains', ['Shop.example'])
  const response = await account.send(identify, { origin: 'https://other.example' })
  assert.equal(response.status, 403)
  assert.match(
    await errorMessage(response),
    /other\.example is not trusted.*App settings > Advanced > Domains/,
  )
  assert.equal((await account.send(identify, { origin: 'https://www.shop.example:8080' })).status, 200)
  assert.equal((await account.send(identify)).status, 200)
})

test('the checks run in the order key, domain, fault, form', async () => {
  const account = await openAccount()
  const from = (origin: string) => account.post('{', { origin })
  await account.put('/key', { revoked: true })
  await account.put('/domains', ['shop.example'])
  await account.put('/faults', [{ status: 503 }])

  assert.match(await errorMessage(await from('https://other.example')), /revoked/)
  await account.put('/key', { revoked: false })
  assert.match(await errorMessage(await from('https://other.example')), /not trusted/)
  assert.equal((await from('https://shop.example')).status, 503)
  assert.match(await errorMessage(await from('https://shop.example')), /not JSON/)
})

test('a preflight allows the headers of the plugin, from any origin', async () => {
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

test('a page of another origin can read every answer, refusals too', async () => {
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

test('the endpoint works without its last slash', async () => {
  const account = await openAccount()
  const headers = { authorization: account.authorization }
  const body = JSON.stringify(messageOf(identify))
  assert.equal((await ask('/api/segment', { method: 'POST', headers, body })).status, 200)
})
