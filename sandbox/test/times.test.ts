import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from './support/sandbox.ts'

// A time zone far from UTC: a time that was read as local would differ.
process.env.TZ = 'America/New_York'

for (const [given, kept] of [
  ['2026-11-24T12:00:00.000Z', '2026-11-24T12:00:00.000Z'],
  ['2026-11-24T12:00:00', '2026-11-24T12:00:00.000Z'],
  ['2026-11-24 12:00', '2026-11-24T12:00:00.000Z'],
  ['2026-11-24', '2026-11-24T00:00:00.000Z'],
  ['2026-11-24T12:00:00+0530', '2026-11-24T06:30:00.000Z'],
] as const) {
  test(`the timestamp ${given} is ${kept}, in any time zone of the machine`, async () => {
    const account = await openAccount()
    await account.define({ name: 'at', value_type: 'datetime' })
    await account.send({ type: 'page', timestamp: given })
    await account.send({ type: 'identify', traits: { at: given } })
    const { first_seen, last_seen, at } = await account.profile()
    assert.deepEqual([first_seen, last_seen, at], [kept, kept, kept])
    assert.equal((await account.pageViews())[0].timestamp, kept)
  })
}

for (const timestamp of [
  '2026-02-30T12:00:00Z',
  '2026-11-24T12:61:00Z',
  '9999-12-31T23:59:59-05:00',
  '',
  5,
]) {
  test(`the timestamp ${JSON.stringify(timestamp)} is answered 400`, async () => {
    const account = await openAccount()
    assert.equal((await account.send({ type: 'page', timestamp })).status, 400)
    assert.deepEqual(await account.users(), [])
  })
}

test('a message without a timestamp gets the time of its arrival', async () => {
  const account = await openAccount()
  await account.send({ type: 'page', timestamp: undefined })
  const [{ receivedAt } = { receivedAt: '' }] = await account.messages()
  assert.equal((await account.profile()).last_seen, receivedAt)
})
