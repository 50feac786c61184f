import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from './support/sandbox.ts'

/*
 * UserEngage's page on its Segment destination, sentence by sentence: page, track and group. The test titles are the page's own words, in
 * its order and with its typing errors.
 */

test('"Sending a .page() request increments page_views counter and updates last_seen timestamp if it is newer than the existing timestamp on a user’s profile."', async () => {
  const account = await openAccount()
  for (const day of ['02', '03', '01']) {
    await account.send({ type: 'page', timestamp: `2026-11-${day}T12:00:00.000Z` })
  }
  const { page_views, last_seen } = await account.profile()
  assert.deepEqual([page_views, last_seen], [3, '2026-11-03T12:00:00.000Z'])
})

test('"It also records a new ‘Page view’ that can be used for filtering and aggregation."', async () => {
  const account = await openAccount()
  for (const path of ['a', 'b']) {
    await account.send({ type: 'page', context: { page: { url: `https://shop.example/${path}` } } })
  }
  const urls = (await account.pageViews()).map(({ url }: { url: string }) => url)
  assert.deepEqual(urls, ['https://shop.example/a', 'https://shop.example/b'])
  assert.equal((await account.users('?attribute=page_views&value=2')).length, 1)
})

test('"Sending a .track() request records a new ‘Event occurrence’ that can be used to filter and bucket users."', async () => {
  const account = await openAccount()
  for (const userId of ['ann', 'ann', 'bob']) await account.send({ type: 'track', event: 'Bought', userId })
  await account.send({ type: 'track', event: 'Viewed', userId: 'eve' })
  const who = async (query: string) =>
    (await account.users(query)).map(({ custom_id }: { custom_id: string }) => custom_id).sort()
  assert.deepEqual(await who('?event=Bought'), ['ann', 'bob'])
  assert.deepEqual(await who('?event=Bought&min=2'), ['ann'])
})

test('"if an event with a given name is not defined in UserEngage, it will be created automatically, as will its properties."', async () => {
  const account = await openAccount()
  await account.send({ type: 'track', event: 'Bought', properties: { price: 9.5, size: 'L' } })
  const events = await (await account.control('/events')).json()
  assert.deepEqual(events, [{ name: 'Bought', count: 1, attributes: ['price', 'size'] }])
})

test('"This mechanism works exactly the same as custom traits that have been explained in Identify section."', async () => {
  const account = await openAccount()
  await account.define({
    content_type: 'event',
    event: 'Bought',
    name: 'custom_integer',
    value_type: 'number',
  })
  for (const custom_integer of ['123', 'many']) {
    const properties = { custom_integer, custom_integer_new: 999 }
    await account.send({ type: 'track', event: 'Bought', properties })
  }
  const data = (await account.events()).map((event: { data: object }) => event.data)
  assert.deepEqual(data, [{ custom_integer: 123, custom_integer_new: '999' }, { custom_integer_new: '999' }])
})

test('"Sending a .group() request allows to create or update a company profile and associate a user with it. We will use the groupId."', async () => {
  const account = await openAccount()
  for (const name of ['Acme', 'Acme Inc.']) {
    await account.send({ type: 'group', groupId: 'acme', traits: { name } })
  }
  const { custom_id, name, members } = await account.company('acme')
  assert.deepEqual([custom_id, name, members.length], ['acme', 'Acme Inc.', 1])
})

test('"If a company is not found, we will automatically create new company instance and set its groupId to that that identifier."', async () => {
  const account = await openAccount()
  assert.equal((await account.read('/companies-by-id/acme/')).status, 404)
  await account.send({ type: 'group', groupId: 'acme' })
  assert.equal((await account.company('acme')).custom_id, 'acme')
})

test('"The user that owns the userId on this event will be associated with this company."', async () => {
  const account = await openAccount()
  await account.send({ type: 'group', groupId: 'acme', userId: 'ann', anonymousId: 'visitor' })
  const { id, companies } = await account.profile('ann')
  assert.equal(companies[0].custom_id, 'acme')
  assert.deepEqual((await account.company('acme')).members, [{ id, custom_id: 'ann' }])
})

test('"Any custom traits of the .group() call will follow same logic as Identify method."', async () => {
  const account = await openAccount()
  await account.define({ content_type: 'company', name: 'custom_integer', value_type: 'number' })
  for (const custom_integer of ['123', 'many']) {
    const traits = { custom_integer, custom_integer_new: 999 }
    await account.send({ type: 'group', groupId: 'acme', traits })
  }
  const { custom_integer, custom_integer_new } = await account.company('acme')
  assert.deepEqual([custom_integer, custom_integer_new], [123, '999'])
})

test('"Semantic traits that are mapped are: address, description, email, employees, name, phone."', async () => {
  const account = await openAccount()
  const traits = { address: { city: 'Warsaw' }, description: 'Bags', email: 'a@acme.example', employees: 329 }
  await account.send({ type: 'group', groupId: 'acme', traits: { ...traits, name: 'Acme', phone: '+4822' } })
  const { id: _, members: __, ...company } = await account.company('acme')
  assert.deepEqual(company, { custom_id: 'acme', ...traits, name: 'Acme', phone: '+4822' })
  assert.deepEqual(await account.definitions(), [])
})
