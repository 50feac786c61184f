import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openAccount } from './support/sandbox.ts'
import { startServer } from './support/server.ts'

const server = await startServer()
after(() => server.close())

const page = { type: 'page' }

test('faults set the answers to the next messages; later messages get the usual answer', async () => {
  const account = await openAccount()
  await account.put('/faults', [{ status: 503, retryAfter: 7, times: 2 }, { status: 429 }])
  const answers = []
  for (let i = 0; i < 4; i++) answers.push(await account.send({ ...page, messageId: 'm' }))

  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('retry-after')]),
    [
      [503, '7'],
      [503, '7'],
      [429, null],
      [200, null],
    ],
  )
  assert.deepEqual(
    (await account.messages()).map(({ status, repeated }) => [status, repeated]),
    [
      [503, false],
      [503, false],
      [429, false],
      [200, false],
    ],
  )
  assert.equal((await account.profile()).page_views, 1)
})

test('a Retry-After without a status comes with 503', async () => {
  const account = await openAccount()
  await account.put('/faults', [{ retryAfter: 0 }])
  const { status, headers } = await account.send(page)
  assert.deepEqual([status, headers.get('retry-after')], [503, '0'])
})

for (const status of [200, 204, 304, 401, 500, 501]) {
  test(`a fault can answer ${status}; the message is not applied`, async () => {
    const account = await openAccount()
    await account.put('/faults', [{ status }])
    assert.equal((await account.send(page)).status, status)
    assert.deepEqual(await account.users(), [])
  })
}

test('new faults replace the waiting ones', async () => {
  const account = await openAccount()
  await account.put('/faults', [{ status: 503, times: 9 }])
  await account.put('/faults', [])
  assert.equal((await account.send(page)).status, 200)
})

test('the faults of one app do not affect another', async () => {
  const [mine, theirs] = [await openAccount(), await openAccount()]
  await mine.put('/faults', [{ status: 503 }])
  assert.equal((await theirs.send(page)).status, 200)
})

test('later messages overtake a delayed one, which is applied at last', async () => {
  const account = await openAccount()
  await account.put('/faults', [{ delayMs: 300 }])
  const delayed = account.send({ ...page, messageId: 'delayed' })
  assert.equal((await account.send({ ...page, messageId: 'other' })).status, 200)
  assert.equal((await delayed).status, 200)
  const ids = (await account.messages()).map(({ body }) => (body as { messageId: string }).messageId)
  assert.deepEqual(ids, ['other', 'delayed'])
  assert.equal((await account.profile()).page_views, 2)
})

test('after a cut connection the page has no answer, and the message is not applied', async () => {
  const account = await openAccount(server.ask)
  await account.put('/faults', [{ drop: true }])
  await assert.rejects(account.send({ ...page, messageId: 'm' }), TypeError)
  const { status, body } = await account.lastMessage()
  assert.deepEqual([status, (body as { messageId: string }).messageId], [0, 'm'])
  assert.deepEqual(await account.users(), [])

  assert.equal((await account.send({ ...page, messageId: 'm' })).status, 200)
  assert.equal((await account.lastMessage()).repeated, false)
})

test('after a lost answer the page has none, but the message is applied and remembered', async () => {
  const account = await openAccount(server.ask)
  await account.put('/faults', [{ loseAnswer: true }])
  await assert.rejects(account.send({ ...page, messageId: 'm' }), TypeError)
  assert.equal((await account.lastMessage()).status, 0)
  assert.equal((await account.profile()).page_views, 1)

  assert.equal((await account.send({ ...page, messageId: 'm' })).status, 200)
  assert.equal((await account.lastMessage()).repeated, true)
  assert.equal((await account.profile()).page_views, 1)
})

test('a fault can lose the answer to a malformed message too', async () => {
  const account = await openAccount(server.ask)
  await account.put('/faults', [{ loseAnswer: true }])
  await assert.rejects(account.post('{'), TypeError)
  assert.equal((await account.lastMessage()).status, 0)
})

for (const [name, fault, applied] of [
  ['a cut', { drop: true }, 0],
  ['a lost answer', { loseAnswer: true }, 1],
] as const) {
  test(`a delay combines with ${name}`, async () => {
    const account = await openAccount(server.ask)
    await account.put('/faults', [{ delayMs: 1, ...fault }])
    await assert.rejects(account.send(page), TypeError)
    assert.equal((await account.users()).length, applied)
  })
}

test('a delay combines with an answer', async () => {
  const account = await openAccount(server.ask)
  await account.put('/faults', [{ delayMs: 1, status: 429, retryAfter: 3 }])
  const { status, headers } = await account.send(page)
  assert.deepEqual([status, headers.get('retry-after')], [429, '3'])
})
