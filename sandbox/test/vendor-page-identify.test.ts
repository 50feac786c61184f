import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf, openAccount } from './support/sandbox.ts'

/*
 * UserEngage's page on its Segment destination, sentence by sentence: API keys, the choice of the user, and identify. The test titles are the page's own words, in
 * its order and with its typing errors.
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
