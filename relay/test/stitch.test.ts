import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { memoryStore } from '../delivery/memory-store.ts'
import { relayTo } from './support/relay.ts'
import { startVendor } from './support/vendor.ts'

interface Profile {
  id: number
  custom_id: string
  status: string
  email?: string | null
}

/** A vendor that knows these profiles, and renames them. */
const knowing = async (...profiles: Profile[]) => {
  const vendor = await startVendor(({ method, path, body }) => {
    const [, customId] = /^users-by-id\/([^/]+)\/$/.exec(path) ?? []
    if (method === 'GET' && customId) {
      const found = profiles.find(({ custom_id }) => custom_id === customId)
      return found ? [200, found] : [404, { detail: 'Not found.' }]
    }
    const [, id] = /^users\/(\d+)\/$/.exec(path) ?? []
    if (method !== 'PUT' || !id) return undefined
    if (profiles.some(({ custom_id }) => custom_id === body.custom_id))
      return [400, { custom_id: ['In use.'] }]
    Object.assign(profiles.find((profile) => profile.id === Number(id)) ?? {}, body)
    return [200, {}]
  })
  return Object.assign(vendor, { profiles })
}
const anonymousId = randomUUID()
const visitor = { id: 7, custom_id: anonymousId, status: 'visitor', email: null }
const signUp = { type: 'identify', userId: 'new', anonymousId, traits: {} }

test('the profile of an anonymous visitor becomes that of the user who signs up', async () => {
  const vendor = await knowing({ ...visitor })
  const { send } = relayTo(vendor.url)
  assert.equal((await send(signUp)).status, 200)
  assert.equal(vendor.profiles[0]?.custom_id, 'new')
  assert.deepEqual(vendor.calls(), [
    `GET users-by-id/${anonymousId}/`,
    'GET users-by-id/new/',
    'PUT users/7/',
    'POST users/update_or_create/',
  ])
  vendor.clear()
  await send(signUp)
  assert.deepEqual(vendor.calls(), ['POST users/update_or_create/'], 'once for each pair')
})

for (const [what, profiles, message] of [
  ['a user who is known already', [visitor, { ...visitor, id: 8, custom_id: 'new', status: 'user' }], {}],
  ['a profile that is identified', [{ ...visitor, status: 'user' }], {}],
  ['a profile with an email', [{ ...visitor, email: 'a@b.example' }], {}],
  ['a profile that another id found', [{ ...visitor, custom_id: 'other' }], {}],
  ['an anonymousId that is no UUID', [{ ...visitor, custom_id: 'bob' }], { anonymousId: 'bob' }],
  ['an anonymousId that is a customer’s id', [{ ...visitor, status: 'user' }], {}],
  ['an anonymousId that is the userId', [visitor], { userId: anonymousId }],
  ['no anonymousId', [visitor], { anonymousId: undefined }],
] as [string, Profile[], object][]) {
  test(`nobody’s profile is taken over: ${what}`, async () => {
    const before = structuredClone(profiles)
    const vendor = await knowing(...structuredClone(profiles))
    assert.equal((await relayTo(vendor.url).send({ ...signUp, ...message })).status, 200)
    assert.deepEqual(vendor.profiles, before)
    assert.ok(!vendor.calls().some((call) => call.startsWith('PUT') || call.includes('merge')))
    assert.equal(vendor.bodies('users/update_or_create/').length, 1)
  })
}

test('stitch: false makes two profiles, without a look', async () => {
  const vendor = await knowing({ ...visitor })
  await relayTo(vendor.url, { stitch: false }).send(signUp)
  assert.deepEqual(vendor.calls(), ['POST users/update_or_create/'])
})

test('two users who sign up with one anonymousId at the same moment: one gets its profile', async () => {
  const vendor = await knowing({ ...visitor })
  const store = memoryStore()
  const relays = [relayTo(vendor.url, { store }), relayTo(vendor.url, { store })]
  const answers = await Promise.all(relays.map(({ send }, n) => send({ ...signUp, userId: `new${n}` })))
  const puts = vendor.calls().filter((call) => call.startsWith('PUT'))
  assert.equal(puts.length, 1)
  for (const { status } of answers) assert.ok(status === 200 || status === 503)
})

test('the claim on a visitor lasts longer than any message', async () => {
  const vendor = await knowing({ ...visitor })
  const memory = memoryStore()
  const claims: number[] = []
  const claim: typeof memory.claim = (key, seconds) => {
    claims.push(seconds)
    return memory.claim(key, seconds)
  }
  const { send } = relayTo(vendor.url, { store: { ...memory, claim }, timeoutMs: 120_000 })
  assert.equal((await send(signUp)).status, 200)
  assert.equal(claims.length, 2)
  assert.ok(claims.every((seconds) => seconds > 120))
})

test('somebody else gets the id in between: there are two profiles, and no error', async () => {
  const vendor = await knowing({ ...visitor })
  vendor.rule(({ method, path }) =>
    method === 'PUT' && path === 'users/7/' ? [409, { custom_id: ['In use.'] }] : undefined,
  )
  assert.equal((await relayTo(vendor.url).send(signUp)).status, 200)
  assert.equal(vendor.profiles[0]?.custom_id, anonymousId)
})

test('an outage in the middle is no success, and is made good by the next attempt', async () => {
  const vendor = await knowing({ ...visitor })
  let isDown = true
  vendor.rule(({ method }) => (isDown && method === 'PUT' ? [502] : undefined))
  const { send } = relayTo(vendor.url)
  assert.equal((await send({ ...signUp, messageId: 'm1' })).status, 503)
  isDown = false
  assert.equal((await send({ ...signUp, messageId: 'm1' })).status, 200)
  assert.equal(vendor.profiles[0]?.custom_id, 'new')
})
