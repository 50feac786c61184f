import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, errorMessage, openAccount } from './support/sandbox.ts'

/*
 * UserEngage's page on its Segment destination, sentence by sentence: troubleshooting, Personas, and the settings of attributes. The test titles are the page's own words, in
 * its order and with its typing errors.
 */

test('"Verify that API key your using in Segment is not revoked by going to App settings > Advanced > Segment API keys"', async () => {
  const account = await openAccount()
  await account.put('/key', { revoked: true })
  const refusal = await account.send({ type: 'page' })
  assert.equal(refusal.status, 403)
  assert.match(await errorMessage(refusal), /revoked.*App settings > Advanced > Segment API keys/)
})

test('"If problem still persist verify that domain the request from is trusted. You can edit domains you trust by going to App settings > Advanced > Domains"', async () => {
  const account = await openAccount()
  await account.put('/domains', ['shop.example'])
  const refusal = await account.send({ type: 'page' }, { origin: 'https://other.example' })
  assert.equal(refusal.status, 403)
  assert.match(
    await errorMessage(refusal),
    /other\.example is not trusted.*App settings > Advanced > Domains/,
  )
  await account.put('/domains', ['shop.example', 'other.example'])
  assert.equal((await account.send({ type: 'page' }, { origin: 'https://other.example' })).status, 200)
})

/** An identify call as Segment Personas sends it. */
const fromPersonas = (
  userId: string,
  computation_class: string,
  computation_key: string,
  value: unknown,
) => ({
  type: 'identify',
  userId,
  traits: { [computation_key]: value },
  context: { personas: { computation_class, computation_key, namespace: 'spa_1', space_id: 'spa_1' } },
})

test('"You can send computed traits and audiences generated through Segment Personas to this destination as a user property."', async () => {
  const account = await openAccount()
  await account.send(fromPersonas('ann', 'trait', 'total_revenue_180_days', 450))
  assert.equal((await account.profile()).total_revenue_180_days, '450')
  const personas = { kind: 'personas', computation: 'trait', name: 'total_revenue_180_days' }
  assert.deepEqual((await account.lastMessage()).changes[1], personas)
})

test('"we will send an identify call with the property order_completed_last_30days: true, and when this user no longer satisfies we will set that value to false."', async () => {
  const account = await openAccount()
  const name = 'order_completed_last_30days'
  await account.define({ name, value_type: 'boolean' })
  for (const member of [true, false]) {
    await account.send(fromPersonas('ann', 'audience', name, member))
    assert.equal((await account.profile())[name], member)
    const personas = { kind: 'personas', computation: 'audience', name, member }
    assert.deepEqual((await account.lastMessage()).changes[1], personas)
  }
})

test('"When the audience is first created an identify call is sent for every user in the audience."', async () => {
  const account = await openAccount()
  for (const userId of ['ann', 'bob'])
    await account.send(fromPersonas(userId, 'audience', 'big_spenders', true))
  await account.send({ type: 'page', userId: 'eve' })
  const members = await account.users('?attribute=big_spenders&value=true')
  assert.deepEqual(members.map(({ custom_id }: { custom_id: string }) => custom_id).sort(), ['ann', 'bob'])
})

test('"In UserEngage app settings, there is a special secret Segment API Key."', async () => {
  const { apiKey, token } = await openAccount()
  assert.notEqual(apiKey, token)
  const authorization = `Basic ${Buffer.from(`${token}:`).toString('base64')}`
  const refusal = await ask('/api/segment/', { method: 'POST', headers: { authorization }, body: '{}' })
  assert.equal(refusal.status, 401)
})

/** The places of the settings that define attributes, each with a definition. */
for (const [place, definition] of [
  ['Client attributes', { content_type: 'clientuser', name: 'n', value_type: 'integer' }],
  ['Event attributes', { content_type: 'event', event: 'Bought', name: 'n', value_type: 'integer' }],
  ['Company attributes', { content_type: 'company', name: 'n', value_type: 'integer' }],
] as const) {
  test(`"${place}": a type that is defined there applies to later values`, async () => {
    const account = await openAccount()
    for (const n of ['1', 'one']) {
      await account.send({ type: 'identify', traits: { n } })
      await account.send({ type: 'track', event: 'Bought', properties: { n } })
      await account.send({ type: 'group', groupId: 'acme', traits: { n } })
      await account.define(definition)
    }
    const events = await account.events()
    const held = {
      clientuser: (await account.profile()).n,
      event: events.at(-1).data.n,
      company: (await account.company('acme')).n,
    }
    // A value from before the definition stays. A later value that cannot be converted does not replace it.
    const untouched = { clientuser: 'one', event: 'one', company: 'one' }
    const kept = definition.content_type === 'event' ? undefined : '1'
    assert.deepEqual(held, { ...untouched, [definition.content_type]: kept })
  })
}
