import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from './support/sandbox.ts'

test('"All available methods will try to select user base on userId, falling back to anonymousId"', async () => {
  const account = await openAccount()
  for (const type of ['identify', 'page', 'track', 'group']) {
    const rest = { type, event: 'Seen', groupId: 'acme' }
    await account.send({ ...rest, userId: `user-${type}`, anonymousId: 'anonymous' })
    await account.send({ ...rest, userId: undefined, anonymousId: `anonymous-${type}` })
    await account.send({ ...rest, userId: '', anonymousId: `blank-${type}` })
  }
  const ids = (await account.users()).map(({ custom_id }: { custom_id: string }) => custom_id)
  const expected = ['identify', 'page', 'track', 'group'].flatMap((type) => [
    `user-${type}`,
    `anonymous-${type}`,
    `blank-${type}`,
  ])
  assert.deepEqual(ids.sort(), expected.sort())
})

test('a user who identifies gets a new profile, which is not merged with the anonymous one', async () => {
  const account = await openAccount()
  await account.send({ type: 'page', userId: undefined, anonymousId: 'visitor' })
  await account.send({ type: 'identify', userId: 'ann', anonymousId: 'visitor' })
  assert.equal((await account.profile('visitor')).page_views, 1)
  assert.equal((await account.profile('ann')).page_views, 0)
})

test('mapped traits fill the fields of the profile', async () => {
  const account = await openAccount()
  await account.send({
    type: 'identify',
    traits: {
      email: 'ann@shop.example',
      first_name: 'Ann',
      last_name: 'Lee',
      name: 'Ann Lee',
      phone: '+48123456789',
      gender: 'female',
      address: { country: 'PL', region: 'Mazowieckie', city: 'Warsaw', street: 'Długa 1' },
    },
  })
  const { id, ...profile } = await account.profile()
  assert.equal(typeof id, 'number')
  assert.deepEqual(profile, {
    custom_id: 'ann',
    email: 'ann@shop.example',
    first_name: 'Ann',
    last_name: 'Lee',
    name: 'Ann Lee',
    phone_number: '+48123456789',
    gender: 'female',
    country: 'PL',
    region: 'Mazowieckie',
    city: 'Warsaw',
    page_views: 0,
    first_seen: '2026-11-24T12:00:00.000Z',
    last_seen: null,
    companies: [],
    user_agent: null,
    os: null,
    device_name: null,
    device_type: null,
    language: null,
    resolution: null,
    ip_address: null,
    browser_family: null,
    browser_version: null,
    timezone: null,
    current_url: null,
  })
  assert.deepEqual(await account.definitions(), [])
})

/** Traits, each with a field of the profile and its value afterwards. */
const fieldValues: [traits: object, field: string, held: unknown][] = [
  [{ gender: 'male' }, 'gender', 'male'],
  [{ gender: 'Female' }, 'gender', 'female'],
  [{ gender: 'other' }, 'gender', 'unknown'],
  [{ gender: null }, 'gender', null],
  [{ phone: 48123456789 }, 'phone_number', '48123456789'],
  [{ email: { is: 'no text' } }, 'email', null],
  [{ address: 'Długa 1, Warsaw' }, 'city', null],
  [{ address: { city: { name: 'Warsaw' } } }, 'city', null],
]
for (const [traits, field, held] of fieldValues) {
  test(`${JSON.stringify(traits)} makes ${field} ${JSON.stringify(held)}`, async () => {
    const account = await openAccount()
    await account.send({ type: 'identify', traits })
    assert.equal((await account.profile())[field], held)
  })
}

test('null clears a field, an address and an attribute', async () => {
  const account = await openAccount()
  const traits = { email: 'ann@shop.example', address: { city: 'Warsaw', country: 'PL' }, plan: 'pro' }
  await account.send({ type: 'identify', traits })
  await account.send({ type: 'identify', traits: { email: null, address: null, plan: null } })
  const { email, city, country, plan = null } = await account.profile()
  assert.deepEqual({ email, city, country, plan }, { email: null, city: null, country: null, plan: null })
})

test('a later message keeps the fields that it does not contain', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { email: 'ann@shop.example', plan: 'pro' } })
  await account.send({ type: 'identify', traits: { first_name: 'Ann' } })
  const { email, plan, first_name } = await account.profile()
  assert.deepEqual([email, plan, first_name], ['ann@shop.example', 'pro', 'Ann'])
})

test('a custom trait never overwrites a field of the same name', async () => {
  const account = await openAccount()
  await account.send({ type: 'page' })
  const { id } = await account.profile()
  const traits = { id: 'x', custom_id: 'x', page_views: 99, companies: 'x', first_seen: 'x', last_seen: 'x' }
  await account.send({ type: 'identify', traits: { ...traits, os: 'x', current_url: 'x' } })
  const profile = await account.profile()
  assert.deepEqual([profile.id, profile.custom_id, profile.page_views, profile.companies], [id, 'ann', 1, []])
  assert.equal(profile.first_seen, '2026-11-24T12:00:00.000Z')
  assert.equal(profile.last_seen, '2026-11-24T12:00:00.000Z')
  assert.deepEqual([profile.os, profile.current_url], [null, null])
})

test('another app does not see the profile', async () => {
  const [mine, theirs] = [await openAccount(), await openAccount()]
  await mine.send({ type: 'identify', messageId: 'm', traits: { plan: 'pro' } })
  await theirs.send({ type: 'identify', messageId: 'm', traits: { plan: 'free' } })
  assert.equal((await mine.profile()).plan, 'pro')
  assert.equal((await theirs.profile()).plan, 'free')
  assert.deepEqual([(await mine.messages()).length, (await theirs.messages()).length], [1, 1])
})

test('other parts of an address are logged as ignored; a state fills the region if there is none', async () => {
  const account = await openAccount()
  const address = { city: 'New York', state: 'NY', street: '5th Avenue', postalCode: '10001' }
  await account.send({ type: 'identify', traits: { address } })
  const { city, region, country } = await account.profile()
  assert.deepEqual([city, region, country], ['New York', 'NY', null])
  const ignored = (await account.lastMessage()).changes.flatMap((change) =>
    change.kind === 'ignored' ? [change.name] : [],
  )
  assert.deepEqual(ignored, ['address.street', 'address.postalCode'])

  await account.send({ type: 'identify', traits: { address: { region: 'Mazowieckie', state: 'MZ' } } })
  assert.equal((await account.profile()).region, 'Mazowieckie')
})
