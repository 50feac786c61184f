import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from './support/sandbox.ts'

const page = { type: 'page', messageId: 'm' }

/** The answers of an app that trusts shop.example, by the origin of the message. */
const origins: [origin: string | undefined, status: number][] = [
  ['https://shop.example', 200],
  ['http://shop.example', 200],
  ['https://shop.example:8443', 200],
  ['https://www.shop.example', 200],
  ['https://a.b.shop.example:81', 200],
  [undefined, 200],
  ['https://workshop.example', 403],
  ['https://shop.example.evil.example', 403],
  ['https://evil.example/shop.example', 403],
  ['https://shop.example@evil.example', 403],
  ['null', 403],
]
for (const [origin, status] of origins) {
  test(`a message from ${origin ?? 'a server, without Origin,'} is answered ${status}`, async () => {
    const account = await openAccount()
    await account.put('/domains', ['shop.example'])
    const response = await account.send(page, origin === undefined ? {} : { origin })
    assert.equal(response.status, status)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.equal((await account.users()).length, status === 200 ? 1 : 0)
  })
}

test('an empty list of domains trusts every domain', async () => {
  const account = await openAccount()
  await account.put('/domains', ['shop.example'])
  await account.put('/domains', [])
  assert.equal((await account.send(page, { origin: 'null' })).status, 200)
})

type Setting = [path: string, body: unknown]
const refusals: [name: string, refuse: Setting, allow: Setting][] = [
  ['an untrusted domain', ['/domains', ['shop.example']], ['/domains', []]],
  ['a revoked key', ['/key', { revoked: true }], ['/key', { revoked: false }]],
  ['a fault', ['/faults', [{ status: 500 }]], ['/faults', []]],
]
for (const [name, refuse, allow] of refusals) {
  test(`after ${name} the same message is applied when it is sent again`, async () => {
    const account = await openAccount()
    const headers = { origin: 'https://other.example' }
    await account.put(...refuse)
    assert.notEqual((await account.send(page, headers)).status, 200)
    await account.put(...allow)
    assert.equal((await account.send(page, headers)).status, 200)
    assert.equal((await account.lastMessage()).repeated, false)
    assert.equal((await account.profile()).page_views, 1)
  })
}

test('a message that is refused for its key or domain does not use up a fault', async () => {
  const account = await openAccount()
  await account.put('/faults', [{ status: 503 }])
  await account.put('/domains', ['shop.example'])
  assert.equal((await account.send(page, { origin: 'https://other.example' })).status, 403)
  await account.put('/key', { revoked: true })
  assert.equal((await account.send(page)).status, 403)
  await account.put('/key', { revoked: false })
  assert.equal((await account.send(page)).status, 503)
  assert.equal((await account.send(page)).status, 200)
})
