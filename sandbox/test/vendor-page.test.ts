import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf, ask, openAccount, said } from './support/sandbox.ts'

/*
 * UserEngage's page on its Segment destination, sentence by sentence: all that a receiver can honour. The names of the
 * tests are the page's own words, in its order and with its slips of the pen.
 */

test('"You can generate and revoke keys for your app"', async () => {
  const account = await openAccount()
  const { key } = (await (await account.control('/keys', 'POST')).json()) as { key: string }
  const byKey = (apiKey: string) => accountOf({ ...account, apiKey }).send({ type: 'page' })
  assert.equal((await byKey(key)).status, 200)
  await account.put('/key', { revoked: true, key })
  assert.equal((await byKey(key)).status, 403)
  assert.equal((await byKey(account.apiKey)).status, 200)
})

test('"all available methods will try to select user base on userId, falling back to anonymousId if userId is not provided."', async () => {
  const account = await openAccount()
  const calls = ['identify', 'page', 'track', 'group'].map((type) => ({
    type,
    event: 'Seen',
    groupId: 'acme',
  }))
  for (const call of calls) await account.send({ ...call, userId: 'ann', anonymousId: 'visitor-1' })
  for (const call of calls) await account.send({ ...call, userId: undefined, anonymousId: 'visitor-2' })
  const ids = (await account.users()).map(({ custom_id }: { custom_id: string }) => custom_id)
  assert.deepEqual(ids.sort(), ['ann', 'visitor-2'])
})

test('"If user with given identifier does not exist in your app it will be created automatically. That means you do not have to worry about request that return 404 for unknown user."', async () => {
  const account = await openAccount()
  for (const type of ['identify', 'page', 'track', 'group']) {
    const sent = await account.send({ type, userId: `new by ${type}`, event: 'Seen', groupId: 'acme' })
    assert.equal(sent.status, 200)
    assert.equal((await account.profile(`new by ${type}`)).custom_id, `new by ${type}`)
  }
})

test('"Calling .identify() causes UserEngage to automatically map the call’s traits and context data to appropriate fields in the user profile."', async () => {
  const account = await openAccount()
  const context = { locale: 'pl-PL' }
  await account.send({ type: 'identify', traits: { email: 'ann@shop.example' }, context })
  const { email, language } = await account.profile()
  assert.deepEqual([email, language], ['ann@shop.example', 'pl-PL'])
})

for (const [trait, field, value] of [
  ['email', 'email', 'ann@shop.example'],
  ['first_name', 'first_name', 'Ann'],
  ['last_name', 'last_name', 'Lee'],
  ['phone', 'phone_number', '+48123456789'],
  ['gender', 'gender', 'female'],
] as const) {
  test(`"Traits that are mapped are: ${trait}"`, async () => {
    const account = await openAccount()
    await account.send({ type: 'identify', traits: { [trait]: value } })
    assert.equal((await account.profile())[field], value)
    assert.deepEqual(await account.definitions(), [])
  })
}

test('"address is mapped to country, region and city fields if possible."', async () => {
  const account = await openAccount()
  const parts = { country: 'PL', region: 'Mazowieckie', city: 'Warsaw' }
  await account.send({ type: 'identify', traits: { address: { ...parts, street: 'Długa 1' } } })
  await account.send({ type: 'identify', traits: { address: 'Długa 1, Kraków' } })
  const { country, region, city } = await account.profile()
  assert.deepEqual({ country, region, city }, parts)
})

test('"If possible following data is extracted from context and mapped to user profile’s fields: user_agent, os, device_name, device_type, language, resolution, ip_address, browser_family, browser_version, timezone, current_url."', async () => {
  const account = await openAccount()
  const context = {
    userAgent: 'Mozilla/5.0',
    os: { name: 'iOS', version: '19' },
    device: { type: 'mobile', manufacturer: 'Apple', model: 'iPhone' },
    locale: 'pl-PL',
    screen: { width: 390, height: 844, density: 3 },
    ip: '203.0.113.7',
    browser: { name: 'Mobile Safari', version: '19.1' },
    timezone: 'Europe/Warsaw',
    page: { url: 'https://shop.example/bags' },
  }
  await account.send({ type: 'identify', context })
  const expected = {
    user_agent: 'Mozilla/5.0',
    os: 'iOS',
    device_name: 'Apple iPhone',
    device_type: 'mobile',
    language: 'pl-PL',
    resolution: '390x844',
    ip_address: '203.0.113.7',
    browser_family: 'Mobile Safari',
    browser_version: '19.1',
    timezone: 'Europe/Warsaw',
    current_url: 'https://shop.example/bags',
  }
  const profile = await account.profile()
  for (const [field, value] of Object.entries(expected)) assert.equal(profile[field], value, field)
})

test('"Other custom fields present in traits are added as custom attributes."', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { plan: 'pro' } })
  assert.equal((await account.profile()).plan, 'pro')
})

test('"if a given trait has no respective custom attribute already defined in in UserEngage, it will be created with the type string!"', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { visits: 3, vip: true } })
  const { visits, vip } = await account.profile()
  assert.deepEqual([visits, vip], ['3', 'true'])
  for (const { value_type } of await account.definitions()) assert.equal(value_type, 'string')
})

test('"However, if a custom attribute already exists, we’ll try to convert given data to defined type, ignoring values that cannot be converted"', async () => {
  const account = await openAccount()
  await account.define({ name: 'visits', value_type: 'integer' })
  for (const visits of ['3', 'many']) await account.send({ type: 'identify', traits: { visits } })
  assert.equal((await account.profile()).visits, 3)
  const ignored = { kind: 'ignored', of: 'user', name: 'visits', value: 'many', reason: 'not a whole number' }
  assert.deepEqual((await account.lastMessage()).changes.at(-1), ignored)
})

test('"custom_integer attribute will be set to 123 in user’s profile because custom_integer is already defined in UserEngage with type number"', async () => {
  const account = await openAccount()
  await account.define({ name: 'custom_integer', value_type: 'number' })
  await account.send({ type: 'identify', traits: { custom_integer: '123', custom_integer_new: 999 } })
  assert.equal((await account.profile()).custom_integer, 123)
})

test('"custom_integer_new attribute will be created and set to \'999\' in user profile, because it did not exists before we use default string type for attribute"', async () => {
  const account = await openAccount()
  await account.define({ name: 'custom_integer', value_type: 'number' })
  await account.send({ type: 'identify', traits: { custom_integer: '123', custom_integer_new: 999 } })
  assert.equal((await account.profile()).custom_integer_new, '999')
  assert.equal((await account.definitions())[1].value_type, 'string')
})

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
  assert.equal((await account.control('/companies/acme')).status, 404)
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

test('"Verify that API key your using in Segment is not revoked by going to App settings > Advanced > Segment API keys"', async () => {
  const account = await openAccount()
  await account.put('/key', { revoked: true })
  const refusal = await account.send({ type: 'page' })
  assert.equal(refusal.status, 403)
  assert.match(await said(refusal), /revoked.*App settings > Advanced > Segment API keys/)
})

test('"If problem still persist verify that domain the request from is trusted. You can edit domains you trust by going to App settings > Advanced > Domains"', async () => {
  const account = await openAccount()
  await account.put('/domains', ['shop.example'])
  const refusal = await account.send({ type: 'page' }, { origin: 'https://other.example' })
  assert.equal(refusal.status, 403)
  assert.match(await said(refusal), /other\.example is not trusted.*App settings > Advanced > Domains/)
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

/** Where the page sends whoever wants attributes of other types, and what is defined there. */
for (const [place, definition] of [
  ['Client attributes', { content_type: 'clientuser', name: 'n', value_type: 'integer' }],
  ['Event attributes', { content_type: 'event', event: 'Bought', name: 'n', value_type: 'integer' }],
  ['Company attributes', { content_type: 'company', name: 'n', value_type: 'integer' }],
] as const) {
  test(`"${place}": the type that is defined there holds for what comes later`, async () => {
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
    // A value that came before the definition stays; the next that cannot be converted does not replace it.
    const untouched = { clientuser: 'one', event: 'one', company: 'one' }
    const kept = definition.content_type === 'event' ? undefined : '1'
    assert.deepEqual(held, { ...untouched, [definition.content_type]: kept })
  })
}
