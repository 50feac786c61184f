import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { test } from 'node:test'
import { load } from '../../bench/sandbox/load.ts'
import { fresh, run } from './support/command.ts'
import { accountOf } from './support/sandbox.ts'

const demo = { id: 'demo', apiKey: 'demo', token: 'demo-token' }

test('the sandbox accepts, logs and applies each of 3,000 simultaneous messages once', async () => {
  const data = fresh()
  const sandbox = await run('--data', data)
  const { accepted, refused, cut } = await load(
    `http://127.0.0.1:${sandbox.port}`,
    3000,
    Number.POSITIVE_INFINITY,
    200,
  )
  assert.deepEqual({ refused, cut }, { refused: 0, cut: 0 })

  const account = accountOf(demo, sandbox.ask)
  const held = (await account.messages()).map(({ body }) => (body as { messageId: string }).messageId)
  assert.deepEqual(held.sort(), accepted.sort())
  const users: { page_views: number }[] = await account.users()
  assert.equal(
    users.reduce((sum, user) => sum + user.page_views, 0),
    750,
  )
  const events: { name: string; count: number }[] = await (await account.control('/events')).json()
  assert.deepEqual(
    events.map(({ name, count }) => [name, count]),
    [
      ['Product Added', 750],
      ['Product Viewed', 750],
    ],
  )
  // SQLite checkpoints its log into the data file again and again, so the log does not grow with the messages.
  assert.ok(statSync(`${data}-wal`).size < 16 * 1024 * 1024)
  await sandbox.end()
})
