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

test('a user who was anonymous and identifies is another profile: nothing is merged', async () => {
  const account = await openAccount()
  await account.send({ type: 'page', userId: undefined, anonymousId: 'visitor' })
  await account.send({ type: 'identify', userId: 'ann', anonymousId: 'visitor' })
  assert.equal((await account.profile('visitor')).page_views, 1)
  assert.equal((await account.profile('ann')).page_views, 0)
})

test('the traits that are mapped fill the fields of the profile', async () => {
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

/** A trait, the field of the profile, and what that holds then. */
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

test('what a later message does not tell stays', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { email: 'ann@shop.example', plan: 'pro' } })
  await account.send({ type: 'identify', traits: { first_name: 'Ann' } })
  const { email, plan, first_name } = await account.profile()
  assert.deepEqual([email, plan, first_name], ['ann@shop.example', 'pro', 'Ann'])
})

const context = {
  userAgent: 'Mozilla/5.0',
  os: { name: 'Windows', version: '11' },
  device: { type: 'mobile', manufacturer: 'Apple', model: 'iPhone' },
  locale: 'en-US',
  screen: { width: 1920, height: 1080 },
  ip: '203.0.113.7',
  browser: { name: 'Chrome', version: '156.0' },
  timezone: 'Europe/Warsaw',
  page: { url: 'https://shop.example/bags', referrer: 'https://search.example/', title: 'Bags' },
}
const contextFields = {
  user_agent: 'Mozilla/5.0',
  os: 'Windows',
  device_name: 'Apple iPhone',
  device_type: 'mobile',
  language: 'en-US',
  resolution: '1920x1080',
  ip_address: '203.0.113.7',
  browser_family: 'Chrome',
  browser_version: '156.0',
  timezone: 'Europe/Warsaw',
  current_url: 'https://shop.example/bags',
}
for (const [type, applied] of [
  ['identify', true],
  ['page', true],
  ['track', false],
  ['group', false],
] as const) {
  test(`the context of ${type} ${applied ? 'fills' : 'does not touch'} the profile`, async () => {
    const account = await openAccount()
    await account.send({ type, context, event: 'Seen', groupId: 'acme' })
    const profile = await account.profile()
    for (const [field, value] of Object.entries(contextFields)) {
      assert.equal(profile[field], applied ? value : null, field)
    }
  })
}

test('a context that is nonsense breaks nothing', async () => {
  const account = await openAccount()
  const nonsense = { os: 'Windows', device: null, screen: [], page: 5, ip: 7, locale: {}, browser: null }
  assert.equal((await account.send({ type: 'page', context: nonsense })).status, 200)
  assert.equal((await account.profile()).os, null)
})

test('a custom trait never overwrites a field that it is named like', async () => {
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

test('names that mean something to JavaScript are names like any other', async () => {
  const account = await openAccount()
  const traits = '{"__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d"}'
  await account.post(`{"type":"identify","messageId":"m1","userId":"ann","traits":${traits}}`)
  await account.post(
    `{"type":"track","messageId":"m2","userId":"ann","event":"__proto__","properties":${traits}}`,
  )
  await account.post(
    `{"type":"group","messageId":"m3","userId":"ann","groupId":"__proto__","traits":${traits}}`,
  )

  const profile = await (await account.read('/users-by-id/ann/')).text()
  for (const pair of traits.slice(1, -1).split(',')) assert.ok(profile.includes(pair), pair)
  const [{ name, data }] = await account.events()
  assert.equal(name, '__proto__')
  assert.deepEqual(data, JSON.parse(traits))
  assert.equal((await account.company('__proto__')).constructor, 'b')
  assert.equal(({} as Record<string, unknown>).a, undefined)
})

for (const [what, text] of [
  ['a null byte', 'a\0b'],
  ['half a surrogate pair', 'a\ud800b'],
  ['emoji', '👩‍💻'],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['markup', '<script>alert(1)</script>'],
  ['a slash and a space', 'a/b c'],
] as const) {
  test(`${what} in ids, names and values come back whole`, async () => {
    const account = await openAccount()
    const whole = { userId: `u${text}`, messageId: `m${text}` }
    await account.send({ ...whole, type: 'identify', traits: { [`t${text}`]: text } })
    await account.send({ ...whole, messageId: undefined, type: 'alias' })
    await account.send({ userId: `u${text}`, type: 'track', event: `e${text}`, properties: { p: text } })
    await account.send({ userId: `u${text}`, type: 'group', groupId: `g${text}` })

    const [profile] = await account.users()
    assert.equal(profile.custom_id, `u${text}`)
    assert.equal(profile[`t${text}`], text)
    assert.equal(profile.companies[0].custom_id, `g${text}`)
    const events = (await (await account.control('/events')).json()) as { name: string }[]
    assert.deepEqual(
      events.map(({ name }) => name),
      [`e${text}`],
    )
  })
}

test('another app sees nothing of it', async () => {
  const [mine, theirs] = [await openAccount(), await openAccount()]
  await mine.send({ type: 'identify', messageId: 'm', traits: { plan: 'pro' } })
  await theirs.send({ type: 'identify', messageId: 'm', traits: { plan: 'free' } })
  assert.equal((await mine.profile()).plan, 'pro')
  assert.equal((await theirs.profile()).plan, 'free')
  assert.deepEqual([(await mine.messages()).length, (await theirs.messages()).length], [1, 1])
})
