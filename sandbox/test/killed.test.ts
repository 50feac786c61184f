import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { load } from '../../bench/sandbox/load.ts'
import { openDatabase } from '../database/open.ts'
import { fresh, run } from './support/command.ts'
import { accountOf } from './support/sandbox.ts'

const demo = { id: 'demo', apiKey: 'demo', token: 'demo-token' }

test('a sandbox that is killed repeatedly under load keeps every message that it answered with 200', async () => {
  const data = fresh()
  const accepted: string[] = []
  for (const lifetime of [1500, 400, 900]) {
    const sandbox = await run('--data', data)
    const sending = load(`http://127.0.0.1:${sandbox.port}`, 2000, 1000)
    await sleep(lifetime)
    await sandbox.end('SIGKILL')
    const { cut, ...done } = await sending
    assert.ok(cut > 0, 'the sandbox was killed while it received messages')
    assert.equal(done.refused, 0)
    accepted.push(...done.accepted)
  }
  assert.ok(accepted.length > 20, `${accepted.length} messages were answered`)

  const sandbox = await run('--data', data)
  const account = accountOf(demo, sandbox.ask)
  const messages = await account.messages()
  const held = new Set(messages.map(({ body }) => (body as { messageId: string }).messageId))
  assert.deepEqual(
    accepted.filter((id) => !held.has(id)),
    [],
  )
  // The log and the profiles agree: every logged message was applied, and no other.
  const pages = messages.filter(({ body }) => (body as { type: string }).type === 'page').length
  const users: { page_views: number }[] = await account.users()
  assert.equal(
    users.reduce((sum, user) => sum + user.page_views, 0),
    pages,
  )
  await sandbox.end()

  const db = openDatabase(data)
  assert.deepEqual(db.prepare('PRAGMA integrity_check').get(), { integrity_check: 'ok' })
  db.close()
})
