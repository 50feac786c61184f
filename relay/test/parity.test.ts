import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { RelayOptions } from '../../relay/options.ts'
import { type Account, openAccount } from '../../sandbox/test/support/sandbox.ts'
import { type Server, startServer } from '../../sandbox/test/support/server.ts'
import { messageOf, relayTo } from './support/relay.ts'
import { definitions, script } from './support/script.ts'

/*
 * The main proof: the same messages once to the endpoint for Segment's messages, and once through the relay to the REST
 * API. What they leave may differ only as docs/relay.md writes, in the table under "What differs".
 */

const users = ['visitor', 'ada', 'bob', 'new by track', 'new by page', 'new by group']
const companies = ['acme', 'unnamed']
let server: Server
let segment: Account

before(async () => {
  server = await startServer()
  segment = await openAccount(server.ask)
  await play(segment, async (message) => segment.send(message))
})
after(() => server.close())

async function play(account: Account, send: (message: object) => Promise<Response>): Promise<void> {
  for (const definition of definitions) await account.define(definition)
  for (const [second, fields] of script.entries()) {
    const timestamp = new Date(Date.UTC(2026, 10, 24, 12, 0, second)).toISOString()
    const { status } = await send({ ...fields, timestamp })
    assert.equal(status, 200, JSON.stringify(fields))
  }
}

async function throughRelay(options: Partial<RelayOptions> = {}): Promise<Account> {
  const account = await openAccount(server.ask)
  const { send } = relayTo(`${server.origin}/api/public/`, {
    token: account.token,
    // The script has the visitor and the user apart, as the page has it; stitching has tests of its own.
    stitch: false,
    ip: () => '127.0.0.1',
    ...options,
  })
  await play(account, (message) => send(messageOf(message)))
  return account
}

/** Ids are given by the account, in the order of creation. */
const withoutIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, one) => (key === 'id' || key === 'client' ? undefined : one)))

type Answer = Record<string, unknown>
const differing = (kind: string, one: Answer, other: Answer): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => {
      if (name === 'id') return false
      try {
        // What is not there and what is null are one.
        assert.deepEqual(withoutIds(one[name] ?? null), withoutIds(other[name] ?? null))
        return false
      } catch {
        return true
      }
    })
    .map((name) => `${kind}.${name}`)

/** The names of the fields that differ between two accounts. */
async function differences(other: Account): Promise<string[]> {
  const found: string[] = []
  for (const id of users) found.push(...differing('user', await segment.profile(id), await other.profile(id)))
  for (const id of companies) {
    found.push(...differing('company', await segment.company(id), await other.company(id)))
  }
  return [...new Set(found)].sort()
}

/** The first column of the table in the docs. */
const written = (): string[] => {
  const [, section = ''] = readFileSync('docs/relay.md', 'utf8').split('## What differs')
  const rows = section.split('\n## ')[0]?.matchAll(/^\| `((?:user|company)\.\w+)`/gm) ?? []
  return [...rows].map(([, name]) => name as string)
}

test('profiles and companies differ only as docs/relay.md says', async () => {
  assert.deepEqual(await differences(await throughRelay()), written().sort())
})

test('with siteViews, where User.com has that route, page_views, last_seen and the page views are the same', async () => {
  const account = await throughRelay({ siteViews: true })
  const expected = written().filter((name) => !['user.page_views', 'user.last_seen'].includes(name))
  assert.deepEqual(await differences(account), expected.sort())
  const hits = async ({ pageViews }: Account) =>
    (await pageViews('ada')).map(({ url, timestamp }: Answer) => [url, timestamp])
  assert.deepEqual(await hits(account), await hits(segment))
})

test('events are the same, and page views beside them; their values are typed alike', async () => {
  const account = await throughRelay()
  for (const id of users) {
    const isPage = ({ name }: Answer): boolean => name === 'Page view'
    const events = (await account.events(id)) as Answer[]
    assert.deepEqual(
      withoutIds(events.filter((event) => !isPage(event))),
      withoutIds(await segment.events(id)),
      id,
    )
    assert.equal(events.filter(isPage).length, (await segment.profile(id)).page_views, id)
  }
})

test('the same attributes are defined, and beside them only those of the context and of page views', async () => {
  const names = async (account: Account): Promise<string[]> =>
    (await account.definitions()).map(
      ({ content_type, event, name, value_type }: Answer) =>
        `${content_type} ${event ?? ''} ${name} ${value_type}`,
    )
  const account = await throughRelay()
  const mine = await names(account)
  const expected = await names(segment)
  assert.deepEqual(
    expected.filter((name) => !mine.includes(name)),
    [],
  )
  const further = mine.filter((name) => !expected.includes(name) && !name.startsWith('event Page view '))
  assert.deepEqual(further.map((name) => name.split(' ')[2]).sort(), [
    'browser_family',
    'browser_version',
    'current_url',
    'device_name',
    'device_type',
    'ip_address',
    'language',
    'os',
    'screen_resolution',
    'user_agent',
  ])
})

for (const switches of [
  { undefinedAttributes: 'ignore' },
  { undefinedAttributes: 'refuse' },
  { phone: 'e164' },
  { nullField: 'refuse' },
  { siteViews: 'off' },
  { customIdTaken: 409 },
]) {
  test(`whichever way User.com is about ${JSON.stringify(switches)}, every message is taken`, async () => {
    const account = await openAccount(server.ask)
    await account.put('/rest', switches)
    const { send, results } = relayTo(`${server.origin}/api/public/`, {
      token: account.token,
      siteViews: true,
      stitch: true,
    })
    await play(account, (message) => send(messageOf(message)))
    assert.ok(results.every(({ outcome }) => outcome === 'delivered'))
    const { email, first_name, custom_integer } = await account.profile('ada')
    assert.deepEqual([email, first_name, custom_integer], ['ada@example.com', 'Ada', 123])
    const refused = results
      .flatMap(({ omitted }) => omitted)
      .filter(({ reason }) => reason === 'refused by User.com')
    const expected = 'phone' in switches || 'nullField' in switches
    assert.equal(refused.length > 0, expected, JSON.stringify(refused))
  })
}
