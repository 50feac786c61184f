import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAccount } from './support/sandbox.ts'

const at = (time: string): string => `2026-11-24T${time}:00.000Z`

test('"Sending a .page() request increments page_views counter and updates last_seen timestamp if it is newer"', async () => {
  const account = await openAccount()
  for (const time of ['12:00', '14:00', '13:00']) await account.send({ type: 'page', timestamp: at(time) })
  const { page_views, last_seen, first_seen } = await account.profile()
  assert.deepEqual([page_views, last_seen, first_seen], [3, at('14:00'), at('12:00')])
})

test('only page moves last_seen, and only if the user was active', async () => {
  const account = await openAccount()
  await account.send({ type: 'page', timestamp: at('10:00') })
  await account.send({ type: 'identify', timestamp: at('11:00') })
  await account.send({ type: 'track', event: 'Seen', timestamp: at('12:00') })
  await account.send({ type: 'group', groupId: 'acme', timestamp: at('13:00') })
  await account.send({ type: 'page', context: { active: false }, timestamp: at('14:00') })
  const { page_views, last_seen } = await account.profile()
  assert.deepEqual([page_views, last_seen], [2, at('10:00')])
})

test('the sandbox keeps a timestamp of another time zone in UTC', async () => {
  const account = await openAccount()
  await account.send({ type: 'page', timestamp: '2026-11-24T14:00:00+02:00' })
  assert.equal((await account.profile()).last_seen, at('12:00'))
})

test('"It also records a new \'Page view\'", with values of the context', async () => {
  const account = await openAccount()
  await account.send({
    type: 'page',
    properties: { url: 'https://shop.example/other', title: 'Other' },
    context: {
      page: { url: 'https://shop.example/bags', referrer: 'https://search.example/', title: 'Bags' },
      browser: { name: 'Chrome', version: '156' },
      userAgent: 'Mozilla/5.0',
      ip: '203.0.113.7',
    },
  })
  const [view] = await account.pageViews()
  const { id } = await account.profile()
  assert.equal(typeof view.id, 'number')
  assert.deepEqual(view, {
    ...view,
    client: id,
    url: 'https://shop.example/bags',
    referer: 'https://search.example/',
    title: 'Bags',
    timestamp: at('12:00'),
    ip_address: '203.0.113.7',
    user_agent: 'Mozilla/5.0',
    browser_family: 'Chrome',
    browser_version: '156',
  })
})

test('the properties give the URL of a page view if the context has none', async () => {
  const account = await openAccount()
  await account.send({ type: 'page', properties: { url: 'https://shop.example/bags' } })
  await account.send({ type: 'page' })
  const urls = (await account.pageViews()).map(({ url }: { url: unknown }) => url)
  assert.deepEqual(urls, ['https://shop.example/bags', null])
})

test('"Sending a .track() request records a new \'Event occurrence\'", oldest first, in UNIX seconds', async () => {
  const account = await openAccount()
  await account.send({ type: 'track', event: 'Second', timestamp: '2026-11-24T12:00:01.999Z' })
  await account.send({ type: 'track', event: 'First', timestamp: '2026-11-24T12:00:00.000Z' })
  const events = await account.events()
  assert.deepEqual(
    events.map(({ name, timestamp, data }: Record<string, unknown>) => ({ name, timestamp, data })),
    [
      { name: 'First', timestamp: 1_795_521_600, data: {} },
      { name: 'Second', timestamp: 1_795_521_601, data: {} },
    ],
  )
})

test('"if an event with a given name is not defined in UserEngage, it will be created automatically, as will its properties"', async () => {
  const account = await openAccount()
  await account.send({ type: 'track', event: 'Bought', properties: { price: 1, size: 'L' } })
  await account.send({ type: 'track', event: 'Bought', properties: { price: 2 } })
  await account.send({ type: 'track', event: 'Viewed' })
  assert.deepEqual(await (await account.control('/events')).json(), [
    { name: 'Bought', count: 2, attributes: ['price', 'size'] },
    { name: 'Viewed', count: 1, attributes: [] },
  ])
})

test('"Sending a .group() request allows to create or update a company profile and associate a user with it"', async () => {
  const account = await openAccount()
  const address = { city: 'Warsaw', street: 'Długa 1' }
  const traits = { name: 'Acme', description: 'Bags', email: 'a@acme.example', phone: '1', employees: 329 }
  await account.send({ type: 'group', groupId: 'acme', traits: { ...traits, address } })
  await account.send({ type: 'group', groupId: 'acme', userId: 'bob', traits: { name: 'Acme Inc.' } })

  const [ann, bob] = [await account.profile('ann'), await account.profile('bob')]
  const { id, ...company } = await account.company('acme')
  assert.deepEqual(company, {
    custom_id: 'acme',
    ...traits,
    name: 'Acme Inc.',
    address,
    members: [
      { id: ann.id, custom_id: 'ann' },
      { id: bob.id, custom_id: 'bob' },
    ],
  })
  assert.deepEqual(ann.companies, [{ id, custom_id: 'acme', name: 'Acme Inc.', member_since: at('12:00') }])
  assert.deepEqual(await (await account.control('/companies')).json(), [{ id, ...company }])
})

test('a second message about the same company does not repeat the membership', async () => {
  const account = await openAccount()
  await account.send({ type: 'group', groupId: 'acme', timestamp: at('10:00') })
  await account.send({ type: 'group', groupId: 'acme', timestamp: at('11:00') })
  assert.equal((await account.company('acme')).members.length, 1)
  assert.equal((await account.profile()).companies[0].member_since, at('10:00'))
})

test('a custom trait never overwrites the members of a company', async () => {
  const account = await openAccount()
  await account.send({ type: 'group', groupId: 'acme', traits: { members: 5, id: 'x', custom_id: 'x' } })
  const { members, custom_id } = await account.company('acme')
  assert.deepEqual([members.length, custom_id], [1, 'acme'])
})

test('a repeated message is answered 200, marked and applied once', async () => {
  const account = await openAccount()
  const message = { type: 'page', messageId: 'one' }
  const answers = await Promise.all([1, 2, 3].map(() => account.send(message)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
  assert.deepEqual(
    (await account.messages()).map(({ repeated }) => repeated),
    [false, true, true],
  )
  assert.equal((await account.profile()).page_views, 1)
})

test('the changes of a page view name the counter and last_seen, or why last_seen stays', async () => {
  const account = await openAccount()
  const views = (before: number) => ({
    kind: 'attribute',
    of: 'user',
    name: 'page_views',
    before,
    after: before + 1,
  })
  const lastSeen = { of: 'user', name: 'last_seen' }
  const changesOf = async (message: object) => {
    await account.send({ type: 'page', ...message })
    return (await account.lastMessage()).changes.slice(1, -1)
  }
  assert.deepEqual(await changesOf({ timestamp: at('12:00') }), [
    views(0),
    { kind: 'attribute', ...lastSeen, before: null, after: at('12:00') },
  ])
  const reason = `not newer than ${at('12:00')}`
  assert.deepEqual(await changesOf({ timestamp: at('11:00') }), [
    views(1),
    { kind: 'ignored', ...lastSeen, value: at('11:00'), reason },
  ])
  assert.deepEqual(await changesOf({ timestamp: at('13:00'), context: { active: false } }), [
    views(2),
    { kind: 'ignored', ...lastSeen, value: at('13:00'), reason: 'context.active is false' },
  ])
})
