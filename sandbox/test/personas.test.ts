import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../rules/change.ts'
import { type Account, openAccount } from './support/sandbox.ts'

const audience = 'order_completed_last_30days'
const sentBy = (computation_class: string, computation_key: string) => ({
  personas: {
    computation_class,
    computation_id: 'aud_1',
    computation_key,
    namespace: 'spa_1',
    space_id: 'spa_1',
  },
})
const personasChanges = async (account: Account): Promise<Change[]> =>
  (await account.lastMessage()).changes.filter(({ kind }) => kind === 'personas')

test('an audience sets a boolean attribute, and the log names the audience', async () => {
  const account = await openAccount()
  await account.define({ name: audience, value_type: 'boolean' })
  for (const member of [true, false]) {
    await account.send({
      type: 'identify',
      context: sentBy('audience', audience),
      traits: { [audience]: member },
    })
    assert.equal((await account.profile())[audience], member)
    assert.deepEqual(await personasChanges(account), [
      { kind: 'personas', computation: 'audience', name: audience, member },
    ])
  }
})

test('an undefined audience becomes a string, as any trait does', async () => {
  const account = await openAccount()
  await account.send({
    type: 'identify',
    context: sentBy('audience', audience),
    traits: { [audience]: true },
  })
  assert.equal((await account.profile())[audience], 'true')
})

test('the log names a computed trait, of users and of companies', async () => {
  const account = await openAccount()
  const context = sentBy('trait', 'total_revenue')
  const personas = { kind: 'personas', computation: 'trait', name: 'total_revenue' }
  await account.send({ type: 'identify', context, traits: { total_revenue: 450 } })
  assert.deepEqual(await personasChanges(account), [personas])
  assert.equal((await account.profile()).total_revenue, '450')

  await account.send({ type: 'group', groupId: 'acme', context, traits: { total_revenue: 9000 } })
  assert.deepEqual(await personasChanges(account), [personas])
  assert.equal((await account.company('acme')).total_revenue, '9000')
})

test('a Journey sends its membership as text, and the log has none if it sends none', async () => {
  const account = await openAccount()
  const context = sentBy('audience', 'j_o_bought')
  await account.send({ type: 'identify', context, traits: { j_o_bought: 'true' } })
  assert.deepEqual(await personasChanges(account), [
    { kind: 'personas', computation: 'audience', name: 'j_o_bought', member: true },
  ])
  await account.send({ type: 'identify', context, traits: { other: 1 } })
  assert.deepEqual(await personasChanges(account), [
    { kind: 'personas', computation: 'audience', name: 'j_o_bought' },
  ])
})

for (const personas of [
  null,
  'x',
  5,
  [],
  {},
  { computation_class: 'audience' },
  { computation_class: 'else' },
]) {
  test(`context.personas of ${JSON.stringify(personas)} is not of Personas`, async () => {
    const account = await openAccount()
    const message = { type: 'identify', context: { personas }, traits: { plan: true } }
    assert.equal((await account.send(message)).status, 200)
    assert.deepEqual(await personasChanges(account), [])
  })
}

test('an audience may have the name of a JavaScript property', async () => {
  const account = await openAccount()
  const context = sentBy('audience', 'constructor')
  await account.send({ type: 'identify', context, traits: {} })
  assert.deepEqual(await personasChanges(account), [
    { kind: 'personas', computation: 'audience', name: 'constructor' },
  ])
})
