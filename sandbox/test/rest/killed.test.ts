import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { load } from '../../../bench/sandbox/load.ts'
import { idsOf, prepareRest, restWrite } from '../../../bench/sandbox/rest-writes.ts'
import type { RestEntry } from '../../rest-types.ts'
import { fresh, run } from '../support/command.ts'
import { accountOf } from '../support/sandbox.ts'

const demo = { id: 'demo', apiKey: 'demo', token: 'demo-token' }

test('a sandbox that is killed under REST writes keeps every one that it answered, whole', async () => {
  const data = fresh()
  const accepted: string[] = []
  for (const lifetime of [1500, 400]) {
    const sandbox = await run('--data', data)
    const address = `http://127.0.0.1:${sandbox.port}`
    if (accepted.length === 0) await prepareRest(address)
    const sending = load(address, 2000, 1000, 64, restWrite)
    await sleep(lifetime)
    await sandbox.end('SIGKILL')
    const { cut, refused, ...done } = await sending
    assert.ok(cut > 0, 'the sandbox was killed while it received requests')
    assert.equal(refused, 0)
    accepted.push(...done.accepted)
  }
  assert.ok(accepted.length > 20, `${accepted.length} requests were answered`)

  const sandbox = await run('--data', data)
  const account = accountOf(demo, sandbox.ask)
  const requests: RestEntry[] = await account.restRequests()
  const held = idsOf(requests)
  assert.deepEqual(
    accepted.filter((id) => !held.has(id)),
    [],
  )
  // The log and the profiles agree: every logged event was recorded, and no other.
  const logged = requests.filter(({ path, status }) => path.endsWith('/events/') && status === 201).length
  const events: { count: number }[] = await (await account.control('/events')).json()
  assert.equal(
    events.reduce((sum, { count }) => sum + count, 0),
    logged,
  )
  await sandbox.end()
})
