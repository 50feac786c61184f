import assert from 'node:assert/strict'
import { test } from 'node:test'
import { load } from '../../bench/sandbox/load.ts'
import { fresh, run } from './support/command.ts'
import { eventsOf, take } from './support/event-stream.ts'
import { accountOf, openAccount } from './support/sandbox.ts'

const demo = { id: 'demo', apiKey: 'demo', token: 'demo-token' }

/** Starts two sandboxes at once on one data file. */
async function two() {
  const data = fresh()
  return Promise.all([run('--data', data), run('--data', data)])
}

test('two sandboxes start at once on one new data file, and lose no message', async () => {
  const sandboxes = await two()
  const loads = await Promise.all(
    sandboxes.map(({ port }) => load(`http://127.0.0.1:${port}`, 500, Number.POSITIVE_INFINITY, 20)),
  )
  for (const { refused, cut } of loads) assert.deepEqual({ refused, cut }, { refused: 0, cut: 0 })
  const accepted = loads.flatMap((done) => done.accepted).sort()
  for (const { ask } of sandboxes) {
    const account = accountOf(demo, ask)
    const held = (await account.messages()).map(({ body }) => (body as { messageId: string }).messageId)
    assert.deepEqual(held.sort(), accepted)
    const users: { page_views: number }[] = await account.users()
    assert.equal(
      users.reduce((sum, user) => sum + user.page_views, 0),
      250,
    )
  }
  for (const sandbox of sandboxes) assert.equal(await sandbox.end(), 0)
})

test('two sandboxes on one data file share apps, keys and the messageIds that were applied', async () => {
  const [first, second] = await two()
  const here = await openAccount(first.ask)
  const there = accountOf(here, second.ask)
  await here.send({ type: 'page', messageId: 'same' })
  assert.equal((await there.send({ type: 'page', messageId: 'same' })).status, 200)
  assert.equal((await here.lastMessage()).repeated, true)
  assert.equal((await here.profile()).page_views, 1)

  await there.put('/key', { revoked: true })
  assert.equal((await here.send({ type: 'page' })).status, 403)
  await Promise.all([first.end(), second.end()])
})

test('the stream of one sandbox sends the messages of the other', async () => {
  const [first, second] = await two()
  const ended = new AbortController()
  const stream = eventsOf(await first.ask('/api/sandbox/apps/demo/stream', { signal: ended.signal }))
  const bodies = [
    { type: 'page', messageId: 'there' },
    { type: 'page', messageId: 'here' },
  ]
  await accountOf(demo, second.ask).send(bodies[0] as object)
  await accountOf(demo, first.ask).send(bodies[1] as object)
  const told = (await take(stream, 2)).map(({ entry }) => (entry.body as { messageId: string }).messageId)
  assert.deepEqual(told, ['there', 'here'])
  ended.abort()
  await Promise.all([first.end(), second.end()])
})

test('one sandbox goes on after the other is killed', async () => {
  const [first, second] = await two()
  const account = accountOf(demo, second.ask)
  const sending = load(`http://127.0.0.1:${first.port}`, 1000, Number.POSITIVE_INFINITY, 20)
  await first.end('SIGKILL')
  await sending
  assert.equal((await account.send({ type: 'page' })).status, 200)
  assert.equal((await account.profile()).page_views, 1)
  await second.end()
})
