import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { fresh, run } from './support/command.ts'
import { eventsOf } from './support/event-stream.ts'
import { accountOf, openAccount } from './support/sandbox.ts'

test('the command prints the addresses of the demo shop, the inspector and the endpoint', async () => {
  const sandbox = await run('--data', fresh())
  const at = `http://localhost:${sandbox.port}`
  for (const text of [`${at}/demo/`, `${at}/\n`, `${at}/api/segment/`, 'demo']) {
    assert.ok(sandbox.printed.includes(text), text)
  }
  assert.equal((await fetch(`${at}/api/sandbox/apps`)).status, 200)
  await sandbox.end()
})

test('a restart keeps all data, faults and keys too', async () => {
  const data = fresh()
  const first = await run('--data', data)
  const account = await openAccount(first.ask)
  await account.send({ type: 'identify', messageId: 'm', traits: { plan: 'pro' } })
  await account.put('/faults', [{ status: 503 }])
  await account.put('/domains', ['shop.example'])
  await first.end()

  const second = await run('--data', data)
  const again = accountOf(account, second.ask)
  assert.equal((await again.profile()).plan, 'pro')
  assert.equal((await again.messages()).length, 1)
  assert.equal((await again.send({ type: 'page' })).status, 503)
  assert.equal((await again.send({ type: 'page' }, { origin: 'https://other.example' })).status, 403)
  await again.send({ type: 'identify', messageId: 'm' })
  assert.equal((await again.lastMessage()).repeated, true)
  await second.end()
})

test('after SIGKILL the data file has every message that was answered', async () => {
  const data = fresh()
  const first = await run('--data', data)
  const account = await openAccount(first.ask)
  for (let i = 0; i < 20; i++) await account.send({ type: 'page' })
  await first.end('SIGKILL')

  const second = await run('--data', data)
  assert.equal((await accountOf(account, second.ask).profile()).page_views, 20)
  await second.end()
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends the command with exit code 0, even with an open event stream`, async () => {
    const sandbox = await run('--data', fresh())
    const stream = eventsOf(await sandbox.ask('/api/sandbox/apps/demo/stream'))
    const ended = assert.rejects(stream.next())
    assert.equal(await sandbox.end(signal), 0)
    await ended
  })
}

test('the command listens on loopback only', async () => {
  const sandbox = await run('--data', fresh())
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of others) {
    await assert.rejects(fetch(`http://${address}:${sandbox.port}/`), address)
  }
  await sandbox.end()
})
