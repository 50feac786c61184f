import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from '../support/sandbox.ts'

test('an event is recorded by either id, and `created` tells its first occurrence', async () => {
  const account = await openAccount()
  const { id } = (await account.rest('POST', 'users/', { custom_id: 'ada' })).body
  const first = await account.rest('POST', 'events/', {
    user_id: id,
    name: 'Order Paid',
    timestamp: 1_426_967_129,
    data: { total: 12, items: [1] },
  })
  assert.equal(first.status, 201)
  assert.equal(first.body.created, true)
  const second = await account.rest('POST', 'users-by-id/ada/events/', { name: 'Order Paid' })
  assert.equal(second.body.created, false)
  assert.ok(second.body.id > first.body.id)

  const { count, results } = (await account.rest('GET', `users/${id}/events/`)).body
  assert.equal(count, 2)
  // As a message's: an attribute of an event that nobody defined is a text.
  assert.deepEqual(results[0], {
    id: first.body.id,
    name: 'Order Paid',
    timestamp: 1_426_967_129,
    data: { total: '12', items: '[1]' },
  })
  assert.deepEqual(await account.events('ada'), results)
  assert.equal((await account.users('?event=Order Paid&min=2')).length, 1)
})

test('an event does not count as a visit', async () => {
  const { rest } = await openAccount()
  await rest('POST', 'users/', { custom_id: 'ada' })
  await rest('POST', 'users-by-id/ada/events/', { name: 'Seen' })
  const { last_seen, page_views } = (await rest('GET', 'users-by-id/ada/')).body
  assert.deepEqual([last_seen, page_views], [null, 0])
})

for (const [field, body] of [
  ['name', {}],
  ['name', { name: ' ' }],
  ['name', { name: ['Seen'] }],
  ['timestamp', { name: 'Seen', timestamp: '2026-11-24T12:00:00Z' }],
  ['timestamp', { name: 'Seen', timestamp: -1 }],
  ['timestamp', { name: 'Seen', timestamp: 1_426_967_129_000 }],
  ['data', { name: 'Seen', data: [1] }],
  ['data', { name: 'Seen', data: 'x' }],
] as const) {
  test(`the event ${JSON.stringify(body)} is refused by its ${field}`, async () => {
    const account = await openAccount()
    await account.rest('POST', 'users/', { custom_id: 'ada' })
    const answer = await account.rest('POST', 'users-by-id/ada/events/', body)
    assert.deepEqual([answer.status, Object.keys(answer.body)], [400, [field]])
    assert.deepEqual(await account.events('ada'), [])
  })
}

test('an event without a user_id is refused by that field', async () => {
  const { rest } = await openAccount()
  for (const body of [{ name: 'Seen' }, { name: 'Seen', user_id: null }, { name: 'Seen', user_id: 'ada' }]) {
    const answer = await rest('POST', 'events/', body)
    assert.deepEqual([answer.status, Object.keys(answer.body)], [400, ['user_id']])
  }
})

test('users become one: the parent keeps its values, then the lowest id; all that they did is there', async () => {
  const account = await openAccount()
  const create = async (body: object) => (await account.rest('POST', 'users/', body)).body.id as number
  const one = await create({ custom_id: 'one', city: 'Oslo', plan: 'free', tags: ['a'] })
  const two = await create({ city: 'Rome', country: 'Italy', plan: 'pro' })
  const three = await create({ custom_id: 'three', country: 'Spain', region: 'Andalusia', tags: ['b'] })
  await account.send({ type: 'page', userId: 'one' })
  await account.send({ type: 'page', userId: 'three' })
  await account.send({ type: 'track', userId: 'three', event: 'Seen' })
  await account.send({ type: 'group', userId: 'three', groupId: 'acme' })

  const merged = await account.rest('POST', 'users/merge/', { parent: two, users_list: [three, one, two] })
  assert.deepEqual([merged.status, merged.body], [200, { success: true }])
  const { body } = await account.rest('GET', `users/${two}/`)
  assert.deepEqual([body.city, body.plan, body.country, body.region], ['Rome', 'pro', 'Italy', 'Andalusia'])
  assert.deepEqual([body.custom_id, body.page_views, body.companies.length], ['one', 2, 1])
  assert.deepEqual(
    body.tags.map(({ name }: { name: string }) => name),
    ['a', 'b'],
  )
  assert.equal((await account.rest('GET', `users/${two}/events/`)).body.count, 1)
  assert.equal((await account.rest('GET', `users/${two}/ping_hits/`)).body.count, 2)
  for (const id of [one, three]) assert.equal((await account.rest('GET', `users/${id}/`)).status, 404)
  assert.equal((await account.company('acme')).members[0].id, two)
})

test('a merge with one unknown id merges nobody', async () => {
  const { rest } = await openAccount()
  const { id } = (await rest('POST', 'users/', { custom_id: 'one' })).body
  const other = (await rest('POST', 'users/', { custom_id: 'two' })).body.id
  const answer = await rest('POST', 'users/merge/', { parent: id, users_list: [other, 1_000_000] })
  assert.equal(answer.status, 404)
  assert.equal((await rest('GET', `users/${other}/`)).status, 200)
  for (const body of [
    {},
    { parent: id },
    { parent: id, users_list: [] },
    { parent: 'x', users_list: [other] },
  ]) {
    assert.equal((await rest('POST', 'users/merge/', body)).status, 400, JSON.stringify(body))
  }
})
