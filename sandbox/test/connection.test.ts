import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { eventsOf, take } from './support/event-stream.ts'
import { errorMessage, messageOf, openAccount } from './support/sandbox.ts'
import { startServer } from './support/server.ts'

const server = await startServer()
after(() => server.close())

for (const megabytes of [2, 10]) {
  test(`the client receives the refusal of a body of ${megabytes} MB`, async () => {
    const account = await openAccount(server.ask)
    const text = 'x'.repeat(megabytes * 1024 * 1024)
    const response = await account.send({ type: 'identify', traits: { text } })
    assert.equal(response.status, 413)
    assert.match(await errorMessage(response), /1048576 bytes/)
    assert.equal((await account.lastMessage()).status, 413)
    assert.equal((await account.send({ type: 'page' })).status, 200)
  })
}

test('the limit applies to a chunked body without a length', async () => {
  const account = await openAccount(server.ask)
  const chunk = new TextEncoder().encode('x'.repeat(100_000))
  const chunked = (count: number): RequestInit & { duplex: 'half' } => ({
    method: 'POST',
    headers: { authorization: account.authorization },
    body: new ReadableStream({
      start(controller) {
        for (let i = 0; i < count; i++) controller.enqueue(chunk)
        controller.close()
      },
    }),
    duplex: 'half',
  })
  assert.equal((await server.ask('/api/segment/', chunked(11))).status, 413)
  assert.equal((await server.ask('/api/segment/', chunked(2))).status, 400)
})

test('the sandbox survives a request that ends halfway', async () => {
  const account = await openAccount(server.ask)
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  const head = ['POST /api/segment/ HTTP/1.1', 'Host: x', `Authorization: ${account.authorization}`]
  socket.write(`${head.join('\r\n')}\r\nContent-Length: 1000\r\n\r\n{"type":`, () => socket.destroy())
  await once(socket, 'close')
  assert.equal((await account.send({ type: 'page' })).status, 200)
})

test("a profile without an IP address in the context gets the connection's address", async () => {
  const account = await openAccount(server.ask)
  await account.send({ type: 'identify' })
  assert.equal((await account.profile()).ip_address, '127.0.0.1')
  await account.send({ type: 'identify', context: { ip: '203.0.113.7' } })
  assert.equal((await account.profile()).ip_address, '203.0.113.7')
})

test('the stream sends every message as /messages has it, refused ones too', async () => {
  const account = await openAccount(server.ask)
  const ended = new AbortController()
  const response = await server.ask(`/api/sandbox/apps/${account.id}/stream`, { signal: ended.signal })
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
  const events = eventsOf(response)

  await account.send({ type: 'identify', traits: { plan: 'pro', text: 'two\nlines' } })
  await account.post('{')
  const told = await take(events, 2)
  ended.abort()

  const kept = await account.messages()
  assert.deepEqual(
    told.map(({ entry }) => entry),
    kept,
  )
  assert.deepEqual(
    told.map(({ event, id }) => [event, id]),
    // The second number is the id of the last REST request.
    kept.map(({ id }) => ['message', `${id}.0`]),
  )
  assert.ok((told[0]?.entry.changes.length ?? 0) > 0)
})

for (const [how, resume] of [
  ['Last-Event-ID', (id: number) => ({ query: '', headers: { 'last-event-id': String(id) } })],
  ['?after=', (id: number) => ({ query: `?after=${id}`, headers: {} })],
] as const) {
  test(`a stream that resumes with ${how} misses nothing and repeats nothing`, async () => {
    const account = await openAccount(server.ask)
    for (const event of ['a', 'b', 'c']) await account.send({ type: 'track', event })
    const [first] = await account.messages()
    const { query, headers } = resume(first?.id ?? 0)
    const ended = new AbortController()
    const response = await server.ask(`/api/sandbox/apps/${account.id}/stream${query}`, {
      headers: headers as Record<string, string>,
      signal: ended.signal,
    })
    await account.send({ type: 'track', event: 'd' })
    const names = (await take(eventsOf(response), 3)).map(
      ({ entry }) => (entry.body as { event: string }).event,
    )
    ended.abort()
    assert.deepEqual(names, ['b', 'c', 'd'])
  })
}

test('a stream that resumes after an id of a deleted data file sends the new messages', async () => {
  const account = await openAccount(server.ask)
  const ended = new AbortController()
  const response = await server.ask(`/api/sandbox/apps/${account.id}/stream?after=999999`, {
    signal: ended.signal,
  })
  await account.send({ type: 'track', event: 'a' })
  const [told] = await take(eventsOf(response), 1)
  ended.abort()
  assert.deepEqual(told?.entry, (await account.messages()).at(-1))
})

test('the log keeps many simultaneous messages, in the order of their ids', async () => {
  const account = await openAccount(server.ask)
  const bodies = Array.from({ length: 200 }, (_, i) =>
    JSON.stringify(messageOf({ type: 'page', userId: `u${i % 20}` })),
  )
  const answers = await Promise.all(bodies.map((body) => account.post(body)))
  assert.ok(answers.every(({ status }) => status === 200))
  const ids = (await account.messages()).map(({ id }) => id)
  assert.equal(ids.length, 200)
  assert.deepEqual(
    ids,
    [...ids].sort((a, b) => a - b),
  )
  const views = (await account.users()).map(({ page_views }: { page_views: number }) => page_views)
  assert.deepEqual(views, Array(20).fill(10))
})
