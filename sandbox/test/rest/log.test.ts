import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eventsOf, take } from '../support/event-stream.ts'
import { openAccount } from '../support/sandbox.ts'
import { type Server, startServer } from '../support/server.ts'

let server: Server
before(async () => {
  server = await startServer()
})
after(() => server.close())

test('the log has every request with its answer and its changes, and the token in none of them', async () => {
  const account = await openAccount(server.ask)
  await account.rest('POST', 'users/update_or_create/', { custom_id: 'ada', plan: 'pro' })
  await account.rest('GET', 'users-by-id/nobody/')
  await account.rest('POST', 'users/', 'no JSON')
  await account.rest('POST', 'users')
  const requests = await account.restRequests()
  assert.deepEqual(
    requests.map(({ method, path, status, body }) => [method, path, status, body]),
    [
      ['POST', '/api/public/users/update_or_create/', 201, { custom_id: 'ada', plan: 'pro' }],
      ['GET', '/api/public/users-by-id/nobody/', 404, null],
      ['POST', '/api/public/users/', 400, 'no JSON'],
      ['POST', '/api/public/users', 301, null],
    ],
  )
  assert.deepEqual(Object.keys(requests[0]?.answer ?? {}), ['created', 'id'])
  assert.deepEqual(
    requests[0]?.changes.map(({ kind }) => kind),
    ['user', 'definition', 'attribute'],
  )
  assert.equal(requests[0]?.headers.authorization, 'Token ***')
  assert.ok(!JSON.stringify(requests).includes(account.token))
  assert.deepEqual(await account.restRequests(`?after=${requests[1]?.id}&limit=1`), [requests[2]])
  assert.deepEqual(await account.restRequests('?newest=1'), [requests[3]])
  assert.equal((await account.control('/rest/requests?after=x')).status, 400)
  const earlier = await (await account.control(`/inspector/requests?before=${requests[2]?.id}`)).json()
  assert.deepEqual(earlier, requests.slice(0, 2))
})

test('the stream sends REST requests beside messages, and goes on after both where it was left', async () => {
  const account = await openAccount(server.ask)
  const open = async (init?: RequestInit) =>
    eventsOf(await server.ask(`/api/sandbox/apps/${account.id}/stream`, init))
  const events = await open()
  await account.send({ type: 'page' })
  await account.rest('POST', 'users/', { custom_id: 'ada' })
  const told = await take(events, 2)
  assert.deepEqual(
    told.map(({ event }) => event),
    ['message', 'request'],
  )
  assert.deepEqual(told[1]?.entry as unknown, (await account.restRequests())[0])

  await account.rest('POST', 'users/', { custom_id: 'bob' })
  await account.send({ type: 'page' })
  const [message, request] = (told[1]?.id ?? '').split('.').map(Number)
  const resumed = await open({ headers: { 'last-event-id': `${message}.${request}` } })
  assert.deepEqual(
    (await take(resumed, 2)).map(({ event }) => event),
    ['message', 'request'],
  )
})

test('faults affect the REST requests whose path they name, and no messages', async () => {
  const account = await openAccount(server.ask)
  const faults = [
    { status: 429, retryAfter: 7, path: 'users/update_or_create/' },
    { status: 500, times: 2, path: 'users-by-id/' },
  ]
  assert.deepEqual(await (await account.put('/rest/faults', faults)).json(), faults)
  assert.equal((await account.send({ type: 'page' })).status, 200)
  assert.equal((await account.rest('GET', 'users-by-id/ann/')).status, 500)
  assert.equal((await account.rest('GET', 'users/')).status, 200)
  const limited = await account.rest('POST', 'users/update_or_create/', { custom_id: 'ada' })
  assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '7'])
  assert.match(limited.body.detail, /fault of the sandbox/)
  assert.equal((await account.rest('POST', 'users/update_or_create/', { custom_id: 'ada' })).status, 201)
  assert.deepEqual(await (await account.control('/rest/faults')).json(), [
    { status: 500, times: 1, path: 'users-by-id/' },
  ])
})

test('a fault cuts a request before it is applied, or after, or delays it', async () => {
  const account = await openAccount(server.ask)
  await account.put('/rest/faults', [{ drop: true }, { loseAnswer: true }, { delayMs: 50 }])
  await assert.rejects(account.rest('POST', 'users/', { custom_id: 'ada' }))
  await assert.rejects(account.rest('POST', 'users/', { custom_id: 'bob' }))
  const start = performance.now()
  const { status, body } = await account.rest('GET', 'users/')
  assert.ok(performance.now() - start >= 49)
  assert.deepEqual(
    [status, body.results.map((user: { custom_id: string }) => user.custom_id)],
    [200, ['bob']],
  )
  const statuses = (await account.restRequests()).map((request) => request.status)
  assert.deepEqual(statuses, [0, 0, 200])
})

for (const faults of [
  {},
  [{}],
  [{ path: 'users/' }],
  [{ status: 503, path: '/users/' }],
  [{ status: 503, path: 1 }],
  [null],
]) {
  test(`the faults ${JSON.stringify(faults)} are refused with a reason`, async () => {
    const account = await openAccount(server.ask)
    const response = await account.put('/rest/faults', faults)
    assert.equal(response.status, 400)
    assert.match(((await response.json()) as { message: string }).message, /fault/)
  })
}

test('a fault of messages has no path', async () => {
  const account = await openAccount(server.ask)
  assert.equal((await account.put('/faults', [{ status: 503, path: 'users/' }])).status, 400)
})
