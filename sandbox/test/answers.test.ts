import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createApp } from '../app.ts'
import { openStore } from '../database/store.ts'
import { folder } from './support/command.ts'
import { accountOf, ask, messageOf, openAccount, said } from './support/sandbox.ts'

const page = { type: 'page' }

/** How a message is refused, and what a person must be able to read of it. */
const refusals: [what: string, path: string, setting: unknown, message: object, says: RegExp][] = [
  ['a revoked key', '/key', { revoked: true }, page, /revoked.*App settings > Advanced > Segment API keys/],
  ['an untrusted domain', '/domains', ['x.example'], page, /shop\.example is not trusted, only x\.example/],
  ['a fault', '/faults', [{ status: 503 }], page, /fault of the sandbox: 503/],
  ['a malformed message', '/faults', [], { type: 'track' }, /"event" is missing/],
  ['a type that it does not know', '/faults', [], { type: 'alias' }, /"alias" are not supported/],
]
for (const [what, path, setting, message, says] of refusals) {
  test(`the words with which ${what} was refused are kept with the message`, async () => {
    const account = await openAccount()
    await account.put(path, setting)
    const words = await said(await account.send(message, { origin: 'https://shop.example' }))
    assert.match(words, says)
    assert.equal((await account.lastMessage()).answer, words)
    assert.deepEqual((await account.lastMessage()).changes, [])
  })
}

test('a message that was taken has no such words', async () => {
  const account = await openAccount()
  await account.send({ ...page, messageId: 'm' })
  await account.send({ ...page, messageId: 'm' })
  const words = (await account.messages()).map(({ answer }) => answer)
  assert.deepEqual(words, [null, null])
})

test('a page without a domain is told what it is', async () => {
  const account = await openAccount()
  await account.put('/domains', ['shop.example'])
  assert.match(await said(await account.send(page, { origin: 'null' })), /without a domain.*is not trusted/)
})

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`
for (const [authorization, says] of [
  ['', /no "Authorization"/],
  ['Token demo-token', /of the kind "Token"/],
  ['Basic', /no API key in "Authorization"/],
  [basic(':demo'), /no API key in "Authorization"/],
  [basic('nobody:'), /No app has this API key: "nobody"/],
  [basic('two\nlines:'), /"two\\nlines"/],
  [basic('x'.repeat(10_000)), /"x{100}…"/],
] as const) {
  test(`"Authorization: ${authorization.slice(0, 30)}" is answered 401 with ${says.source}`, async () => {
    const response = await ask('/api/segment/', {
      method: 'POST',
      headers: authorization ? { authorization } : {},
      body: JSON.stringify(messageOf(page)),
    })
    assert.equal(response.status, 401)
    const words = await said(response)
    assert.match(words, says)
    assert.match(words, /Basic base64\(<API key>:\).*App settings > Advanced > Segment API keys/)
  })
}

test('whoever listens is told of a message when it is committed: another connection finds it', async () => {
  const file = join(folder, 'committed.db')
  const [store, other] = [openStore(file), openStore(file)]
  const app = createApp(store, process.cwd())
  const found: unknown[] = []
  store.messages.listen('demo', () => found.push(other.messages.list('demo').at(-1)?.status))
  const account = accountOf({ id: 'demo', apiKey: 'demo', token: 'demo-token' }, (...to) =>
    app.request(...to),
  )

  await account.send(page)
  await account.post('{')
  assert.deepEqual(found, [200, 400])
  for (const { close } of [store, other]) close()
})
