import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createApp } from '../app.ts'
import { openStore } from '../database/store.ts'
import { folder } from './support/command.ts'
import { accountOf, ask, errorMessage, messageOf, openAccount } from './support/sandbox.ts'

const page = { type: 'page' }

/** Messages that are refused, each with the setting that causes it and the expected explanation. */
const refusals: [what: string, path: string, setting: unknown, message: object, says: RegExp][] = [
  ['a revoked key', '/key', { revoked: true }, page, /revoked.*App settings > Advanced > Segment API keys/],
  ['an untrusted domain', '/domains', ['x.example'], page, /shop\.example is not trusted, only x\.example/],
  ['a fault', '/faults', [{ status: 503 }], page, /fault of the sandbox: 503/],
  ['a malformed message', '/faults', [], { type: 'track' }, /"event" is missing/],
  ['a type that it does not know', '/faults', [], { type: 'alias' }, /"alias" are not supported/],
]
for (const [what, path, setting, message, says] of refusals) {
  test(`the log keeps the answer to ${what}`, async () => {
    const account = await openAccount()
    await account.put(path, setting)
    const words = await errorMessage(await account.send(message, { origin: 'https://shop.example' }))
    assert.match(words, says)
    assert.equal((await account.lastMessage()).answer, words)
    assert.deepEqual((await account.lastMessage()).changes, [])
  })
}

test('the log keeps no answer for an accepted message', async () => {
  const account = await openAccount()
  await account.send({ ...page, messageId: 'm' })
  await account.send({ ...page, messageId: 'm' })
  const words = (await account.messages()).map(({ answer }) => answer)
  assert.deepEqual(words, [null, null])
})

test('the refusal of a page without a domain says so', async () => {
  const account = await openAccount()
  await account.put('/domains', ['shop.example'])
  assert.match(
    await errorMessage(await account.send(page, { origin: 'null' })),
    /without a domain.*is not trusted/,
  )
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
    const words = await errorMessage(response)
    assert.match(words, says)
    assert.match(words, /Basic base64\(<API key>:\).*App settings > Advanced > Segment API keys/)
  })
}

test('a listener is called after the commit: another connection finds the message', async () => {
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
