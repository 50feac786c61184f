import assert from 'node:assert/strict'
import { test } from 'node:test'
import { valueTypes } from '../../protocol/values/convert.ts'
import { openAccount } from './support/sandbox.ts'

/** A valid value of each type. */
const examples = {
  string: 'text',
  integer: 5,
  float: 1.5,
  number: 7,
  boolean: true,
  date: '2026-11-24',
  datetime: '2026-11-24T12:00:00.000Z',
  fixed: 'free',
  json: { a: [1] },
}
for (const value_type of valueTypes) {
  test(`null clears an attribute of type ${value_type}`, async () => {
    const account = await openAccount()
    await account.define({ name: 'held', value_type, choices: ['free'] })
    await account.send({ type: 'identify', traits: { held: examples[value_type] } })
    assert.deepEqual((await account.profile()).held, examples[value_type])

    await account.send({ type: 'identify', traits: { held: null } })
    assert.equal((await account.profile()).held ?? null, null)
    assert.deepEqual((await account.lastMessage()).changes.at(-1), {
      kind: 'attribute',
      of: 'user',
      name: 'held',
      before: examples[value_type],
      after: null,
    })
  })
}

test('"ignoring values that cannot be converted" applies to events and companies, and the log says so', async () => {
  const account = await openAccount()
  await account.define({ content_type: 'event', event: 'Bought', name: 'price', value_type: 'float' })
  await account.define({ content_type: 'company', name: 'seats', value_type: 'integer' })

  await account.send({ type: 'track', event: 'Bought', properties: { price: 'much' } })
  assert.deepEqual((await account.events())[0].data, {})
  const ignored = async () => (await account.lastMessage()).changes.filter(({ kind }) => kind === 'ignored')
  const reason = 'not a number'
  assert.deepEqual(await ignored(), [{ kind: 'ignored', of: 'event', name: 'price', value: 'much', reason }])

  await account.send({ type: 'group', groupId: 'acme', traits: { seats: 'few', name: {} } })
  const { seats = null, name } = await account.company('acme')
  assert.deepEqual([seats, name], [null, null])
  assert.deepEqual(
    (await ignored()).map((change) => 'name' in change && [change.name, change.kind]),
    [
      ['seats', 'ignored'],
      ['name', 'ignored'],
    ],
  )
})

test('a trait with the name of a read-only field is logged as ignored, and defines nothing', async () => {
  const account = await openAccount()
  const traits = { id: 1, page_views: 99, companies: [], last_seen: 'x', custom_id: 'x' }
  await account.send({ type: 'identify', traits })
  const { changes } = await account.lastMessage()
  const names = changes.flatMap((change) => (change.kind === 'ignored' ? [change.name] : []))
  assert.deepEqual(names.sort(), Object.keys(traits).sort())
  assert.deepEqual(await account.definitions(), [])
})

test('the definition for one event precedes the one for every event', async () => {
  const account = await openAccount()
  await account.define({ content_type: 'event', name: 'price', value_type: 'integer' })
  await account.define({ content_type: 'event', event: 'Bought', name: 'price', value_type: 'string' })
  await account.send({ type: 'track', event: 'Bought', properties: { price: 5 } })
  await account.send({ type: 'track', event: 'Viewed', properties: { price: '5' } })
  const prices = (await account.events()).map(({ data }: { data: { price: unknown } }) => data.price)
  assert.deepEqual(prices, ['5', 5])
})

test('names of JavaScript properties are ordinary values', async () => {
  const account = await openAccount()
  await account.define({ name: 'member', value_type: 'boolean' })
  await account.define({ name: 'score', value_type: 'float' })
  for (const [i, member] of ['constructor', '__proto__', 'toString'].entries()) {
    const traits = `{"member":"${member}","score":1e999}`
    const response = await account.post(
      `{"type":"identify","messageId":"${i}","userId":"ann","traits":${traits}}`,
    )
    assert.equal(response.status, 200)
    const { changes } = await account.lastMessage()
    const ignored = changes.flatMap((change) => (change.kind === 'ignored' ? [change.name] : []))
    assert.deepEqual(ignored, ['member', 'score'])
  }
  const { member = null, score = null } = await account.profile()
  assert.deepEqual([member, score], [null, null])
})

test('the sandbox keeps 10,000 traits', async () => {
  const account = await openAccount()
  const names = Array.from({ length: 10_000 }, (_, i) => `k${i}`)
  await account.send({ type: 'identify', traits: Object.fromEntries(names.map((name) => [name, name])) })
  const profile = await account.profile()
  assert.ok(names.every((name) => profile[name] === name))
})

test('a profile without a name shows first and last name as its name', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { first_name: 'Ann', last_name: 'Lee' } })
  assert.equal((await account.profile()).name, 'Ann Lee')
  await account.send({ type: 'identify', traits: { name: 'Dr. Lee' } })
  assert.equal((await account.profile()).name, 'Dr. Lee')
})
