import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Account, errorMessage, openAccount } from './support/sandbox.ts'

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

async function withUsers(): Promise<Account> {
  const account = await openAccount()
  await account.define({ name: 'age', value_type: 'integer' })
  const bought = (userId: string, days: number) =>
    account.send({ type: 'track', event: 'Bought', userId, timestamp: daysAgo(days) })
  for (const days of [1, 2, 30]) await bought('ann', days)
  await bought('bob', 1)
  await account.send({ type: 'identify', userId: 'ann', traits: { plan: 'pro', email: 'ann@x.example' } })
  await account.send({ type: 'identify', userId: 'bob', traits: { plan: 'free', age: 30 } })
  await account.send({ type: 'page', userId: 'eve' })
  return account
}

const filters: [query: string, found: string[]][] = [
  ['', ['ann', 'bob', 'eve']],
  ['?event=Bought', ['ann', 'bob']],
  ['?event=Bought&min=2', ['ann']],
  ['?event=Bought&min=3&days=7', []],
  ['?event=Bought&min=2&days=7', ['ann']],
  ['?event=Bought&days=36500000', ['ann', 'bob']],
  ['?event=Nothing', []],
  ['?attribute=plan&value=pro', ['ann']],
  ['?attribute=email&value=ann@x.example', ['ann']],
  ['?attribute=age&value=30', ['bob']],
  ['?attribute=page_views&value=1', ['eve']],
  ['?attribute=custom_id&value=eve', ['eve']],
  ['?attribute=nothing&value=', []],
  ['?attribute=__proto__&value=x', []],
  ['?event=Bought&attribute=plan&value=free', ['bob']],
  ['?event=&min=&days=&attribute=&value=', ['ann', 'bob', 'eve']],
]
for (const [query, found] of filters) {
  test(`/users${query} finds ${found.join(' and ') || 'nobody'}`, async () => {
    const account = await withUsers()
    const ids = (await account.users(query)).map(({ custom_id }: { custom_id: string }) => custom_id)
    assert.deepEqual(ids.sort(), found)
  })
}

for (const [query, names] of [
  ['?event=Bought&min=0', /"min"/],
  ['?event=Bought&min=many', /"min"/],
  ['?event=Bought&days=week', /"days"/],
  ['?event=Bought&days=-1', /"days"/],
  ['?attribute=plan', /"value"/],
] as const) {
  test(`/users${query} is answered 400 with the reason`, async () => {
    const response = await (await openAccount()).control(`/users${query}`)
    assert.equal(response.status, 400)
    assert.match(await errorMessage(response), names)
  })
}

test('the most recently seen users come first', async () => {
  const account = await openAccount()
  for (const [userId, hour] of [
    ['ann', '10'],
    ['bob', '12'],
    ['eve', '11'],
  ]) {
    await account.send({ type: 'page', userId, timestamp: `2026-11-24T${hour}:00:00.000Z` })
  }
  const ids = (await account.users()).map(({ custom_id }: { custom_id: string }) => custom_id)
  assert.deepEqual(ids, ['bob', 'eve', 'ann'])
})
