import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorMessage, openAccount } from './support/sandbox.ts'

type Account = Awaited<ReturnType<typeof openAccount>>
// biome-ignore lint/suspicious/noExplicitAny: as in the support of these tests.
const look = async (account: Account, path: string): Promise<any> =>
  (await account.control(`/inspector${path}`)).json()

/** Ann bought twice, Bea once. Their attributes differ. */
async function openShop(): Promise<Account> {
  const account = await openAccount()
  const identify = (userId: string, traits: object) => account.send({ type: 'identify', userId, traits })
  await account.define({ name: 'visits', value_type: 'integer' })
  await account.define({ name: 'tags', value_type: 'json' })
  await identify('ann', { first_name: 'Ann', last_name: 'Lee', plan: 'pro', visits: 3, tags: ['a'] })
  await identify('bea', { name: 'Bea', plan: '"pro"', visits: 30, 'odd "name"': '100%' })
  for (const userId of ['ann', 'ann', 'bea'])
    await account.send({ type: 'track', userId, event: 'Paid', properties: { total: 1 } })
  return account
}

const named = (query: Record<string, string>): string => new URLSearchParams(query).toString()

for (const [query, expected] of [
  [{}, ['bea', 'ann']],
  [{ event: 'Paid', min: '2' }, ['ann']],
  [{ event: 'Paid', min: '3' }, []],
  [{ attribute: 'plan', value: 'pro' }, ['ann']],
  [{ attribute: 'plan', value: '"pro"' }, ['bea']],
  [{ attribute: 'visits', value: '3' }, ['ann']],
  [{ attribute: 'tags', value: '["a"]' }, ['ann']],
  [{ attribute: 'name', value: 'Ann Lee' }, ['ann']],
  [{ attribute: 'name', value: 'Bea' }, ['bea']],
  [{ attribute: 'custom_id', value: 'bea' }, ['bea']],
  [{ attribute: 'page_views', value: '0' }, ['bea', 'ann']],
  [{ attribute: 'odd "name"', value: '100%' }, ['bea']],
  [{ attribute: 'nothing', value: '' }, []],
  [{ event: 'Paid', attribute: 'plan', value: 'pro' }, ['ann']],
  [{ search: 'LEE' }, ['ann']],
  [{ search: '0%' }, ['bea']],
  [{ search: '%' }, ['bea']],
  [{ search: '"pro' }, ['bea']],
  [{ search: 'x'.repeat(100_000) }, []],
] as [Record<string, string>, string[]][]) {
  test(`/inspector/profiles and /users find the same for ${JSON.stringify(query).slice(0, 80)}`, async () => {
    const account = await openShop()
    const { total, found, items } = await look(account, `/profiles?${named(query)}`)
    assert.deepEqual(
      items.map(({ custom_id }: { custom_id: string }) => custom_id),
      expected,
    )
    assert.deepEqual([total, found], [2, expected.length])
    if (query.search !== undefined) return
    const users = await account.users(`?${named(query)}`)
    assert.deepEqual(
      users.map(({ custom_id }: { custom_id: string }) => custom_id).sort(),
      [...expected].sort(),
    )
  })
}

test('a list has the total and at most `limit` items', async () => {
  const account = await openShop()
  const { total, found, items } = await look(account, '/profiles?limit=1')
  assert.deepEqual([total, found, items.length], [2, 2, 1])
  assert.deepEqual(Object.keys(items[0]), [
    'id',
    'custom_id',
    'user_key',
    'page_views',
    'last_seen',
    'email',
    'name',
  ])
  const response = await account.control('/inspector/profiles?min=0')
  assert.equal(response.status, 400)
  assert.match(await errorMessage(response), /"min"/)
})

test('the detail of a profile has its newest moments and its hours', async () => {
  const account = await openAccount()
  const at = (time: string) => `2026-11-24T${time}:00.000Z`
  await account.send({ type: 'track', userId: '..', event: 'Paid', timestamp: at('12:10') })
  await account.send({ type: 'track', userId: '..', event: 'Seen', timestamp: at('12:50') })
  await account.send({ type: 'page', userId: '..', timestamp: at('13:05') })
  const { profile, moments, hours } = await look(account, '/profile?id=..')
  assert.equal(profile.custom_id, '..')
  assert.deepEqual(
    moments.map(({ type, name }: { type: string; name: string }) => [type, name]),
    [
      ['page', null],
      ['track', 'Seen'],
      ['track', 'Paid'],
    ],
  )
  assert.deepEqual(hours, [
    { hour: '2026-11-24T12', events: 2, views: 0, products: 0 },
    { hour: '2026-11-24T13', events: 0, views: 1, products: 0 },
  ])
  assert.equal((await account.control('/inspector/profile?id=nobody')).status, 404)
})

test('companies can be searched, and have their members', async () => {
  const account = await openAccount()
  for (const userId of ['ann', 'bea'])
    await account.send({ type: 'group', userId, groupId: 'acme', traits: { name: 'Acme', employees: 12 } })
  await account.send({ type: 'group', userId: 'ann', groupId: 'other' })
  const { total, found, items } = await look(account, '/companies?search=acm')
  assert.deepEqual(
    { total, found, items },
    {
      total: 2,
      found: 1,
      items: [{ id: items[0].id, custom_id: 'acme', name: 'Acme', employees: 12, members: 2 }],
    },
  )
  const { company, members } = await look(account, '/company?id=acme')
  assert.deepEqual([company.name, members.total], ['Acme', 2])
  assert.equal((await account.control('/inspector/company?id=nobody')).status, 404)
})

test("every value of a profile and of a company is in one group of the page's fields", async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { email: 'ann@example.com', plan: 'pro' } })
  await account.send({ type: 'group', groupId: 'acme', traits: { name: 'Acme', fields: 'taken' } })
  for (const [path, owner, custom] of [
    ['/profile?id=ann', 'profile', 'plan'],
    ['/company?id=acme', 'company', 'fields'],
  ] as const) {
    const { fields, ...detail } = await look(account, path)
    assert.deepEqual(fields.custom, [custom])
    const names = [...fields.standard, ...fields.context, ...fields.custom]
    const { companies: _, members: __, ...values } = detail[owner]
    assert.deepEqual(names.sort(), Object.keys(values).sort())
  }
})

test('the conditions offer defined events and attributes, then the fields of every profile', async () => {
  const account = await openAccount()
  await account.send({ type: 'identify', traits: { visits: 1, plan: 'pro' } })
  await account.send({ type: 'track', event: 'Paid' })
  const { events, attributes } = await look(account, '/conditions')
  assert.deepEqual(events, ['Paid'])
  assert.deepEqual(attributes.slice(0, 4), ['plan', 'visits', 'id', 'custom_id'])
  assert.ok(attributes.includes('browser_family'))
  assert.equal(new Set(attributes).size, attributes.length)
})

test('definitions have their usage', async () => {
  const account = await openShop()
  await account.define({ content_type: 'event', event: 'Paid', name: 'coupon', value_type: 'string' })
  const usage = async (type: string) =>
    (await look(account, `/attributes?content_type=${type}`)).map(
      ({ name, usage }: { name: string; usage: object }) => [name, usage],
    )
  assert.deepEqual(await usage('clientuser'), [
    ['visits', { used: 2, of: 2 }],
    ['tags', { used: 1, of: 2 }],
    ['plan', { used: 2, of: 2 }],
    ['odd "name"', { used: 1, of: 2 }],
  ])
  assert.deepEqual(await usage('event'), [
    ['total', { used: 3, of: 3 }],
    ['coupon', { used: 0, of: 3 }],
  ])
  assert.deepEqual(await usage('company'), [])
  assert.equal((await account.control('/inspector/attributes?content_type=deal')).status, 400)
})

test('the messages before an id come in parts, oldest first', async () => {
  const account = await openAccount()
  for (const event of ['a', 'b', 'c', 'd']) await account.send({ type: 'track', event })
  const [, , third] = await account.messages()
  const names = async (query: string) =>
    (await look(account, `/messages${query}`))
      .map(({ body }: { body: { event: string } }) => body.event)
      .join('')
  assert.equal(await names(`?before=${third?.id}`), 'ab')
  assert.equal(await names(`?before=${third?.id}&limit=1`), 'b')
  assert.equal(await names('?limit=3'), 'bcd')
  assert.equal(await names('?before=1'), '')
})
