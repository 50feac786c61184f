import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message, MessageType } from '../../protocol/message.ts'
import { hour, settled } from '../support/clock.ts'
import { createConnection, delivered, later, misconfigured, never, status } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

const objection = ({ context }: Message): 'consent' | undefined =>
  context.consent === true ? undefined : 'consent'
const agreed = { consent: true }
const offline = { connection: createConnection(true) }

test('what waited too long behind others is dropped as expired, and what is behind it flows', async () => {
  const { clock, open } = createSite()
  const first = later()
  const { take, told, stats } = open([first.answer], { maxAgeMs: hour })
  for (const id of ['a', 'b']) take(message(id))
  await clock.advance(1)
  take(message('c'))
  await clock.advance(hour)
  first.say(delivered)
  await settled()
  assert.deepEqual(told, ['sent a', 'delivered a', 'dropped b expired', 'sent c', 'delivered c'])
  assert.deepEqual(stats().dropped, { expired: 1 })
})

test('what waited too long on a closed page is dropped as expired by the next', async () => {
  const site = createSite()
  const first = site.open([], { maxAgeMs: hour, ...offline })
  first.take(message('a'))
  await settled()
  first.crash()
  await site.clock.advance(hour + 1)
  const { told } = site.open()
  await settled()
  assert.deepEqual([told, site.stored.database.size], [['dropped a expired'], 0])
})

for (const [what, answer] of [
  ['the server is left alone', status(503, 2 * hour)],
  ['the set-up is wrong', misconfigured],
  ['it is tried again and again', status(503)],
] as const) {
  test(`a message that expires while ${what} is dropped, and not sent any more`, async () => {
    const { clock, open } = createSite()
    const { take, told, stats } = open(Array(500).fill(answer), { maxAgeMs: hour })
    take(message('a'))
    await clock.advance(hour)
    const before = told.length
    await clock.advance(3 * hour)
    assert.deepEqual(told.slice(before), ['dropped a expired'])
    assert.deepEqual(stats().dropped, { expired: 1 })
  })
}

test('a message that expires while the browser is offline is dropped, and not sent any more', async () => {
  const { clock, open } = createSite()
  const connection = createConnection(true)
  const { take, told } = open([], { maxAgeMs: hour, connection })
  take(message('a'))
  await clock.advance(hour + 1)
  connection.set(false)
  await settled()
  assert.deepEqual(told, ['dropped a expired'])
})

test('the timestamp of a message says nothing of how long it may wait', async () => {
  const { take, flush, told } = createSite().open([], { maxAgeMs: hour })
  take({ ...message('a'), timestamp: '2001-01-01T00:00:00.000Z' })
  await flush()
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('of more than may wait, the oldest is dropped', async () => {
  const { take, told, stats } = createSite().open([], { maxMessages: 2, ...offline })
  for (const id of ['a', 'b', 'c', 'd']) take(message(id))
  assert.deepEqual(told, ['dropped a overflow', 'dropped b overflow'])
  await settled()
  assert.deepEqual(stats(), { queued: 2, inFlight: 0, delivered: 0, retried: 0, dropped: { overflow: 2 } })
})

for (const [types, dropped] of [
  ['identify track page', ['b']],
  ['group identify track track', ['c', 'd']],
  ['identify group page identify', ['c', 'a']],
  ['identify identify group', ['a']],
] as const) {
  test(`of ${types}, where two may wait, ${dropped.join(' and ')} is dropped`, () => {
    const { take, told } = createSite().open([], { maxMessages: 2, ...offline })
    for (const [index, type] of types.split(' ').entries()) {
      take(message('abcd'.charAt(index), type as MessageType))
    }
    assert.deepEqual(
      told,
      dropped.map((id) => `dropped ${id} overflow`),
    )
  })
}

test('one in flight is not dropped for want of room', async () => {
  const { take, told, stats } = createSite().open([never], { maxMessages: 1 })
  take(message('a'))
  await settled()
  take(message('b'))
  assert.deepEqual(told, ['sent a', 'dropped b overflow'])
  assert.deepEqual(stats(), { queued: 0, inFlight: 1, delivered: 0, retried: 0, dropped: { overflow: 1 } })
})

test('noted messages take no room from those that wait', () => {
  const { note, take, told } = createSite().open([], { maxMessages: 1, ...offline })
  take(message('a'))
  note(message('b'))
  assert.deepEqual(told, [])
})

test('what the visitor has not agreed to is neither noted nor sent, and dropped once', async () => {
  const { open, stored } = createSite()
  const { note, take, flush, told, stats } = open([], { objection })
  assert.equal(note(message('a')), undefined)
  take(message('a'))
  take(message('b', 'track', agreed))
  assert.deepEqual([stored.journal.size, told[0]], [1, 'dropped a consent'])
  await flush()
  assert.deepEqual(told, ['dropped a consent', 'sent b', 'delivered b'])
  assert.deepEqual(stats().dropped, { consent: 1 })
})

test('a noted message that comes without its consent is dropped and forgotten', async () => {
  const { open, stored } = createSite()
  const { note, take, leave, told } = open([], { objection })
  take(message('a'), note(message('a', 'track', agreed)))
  await settled()
  leave()
  assert.deepEqual(told, ['dropped a consent'])
  assert.deepEqual([stored.journal.size, stored.database.size], [0, 0])
})

test('consent is asked for again on the page that takes a message over', async () => {
  const site = createSite()
  const first = site.open([], offline)
  first.take(message('a'))
  await settled()
  first.crash()
  const { told } = site.open([], { objection })
  await settled()
  assert.deepEqual(told, ['dropped a consent'])
  assert.equal(site.stored.database.size, 0)
})

test('messages that a closed page left behind are counted when there are too many', async () => {
  const site = createSite()
  const first = site.open([], offline)
  for (const id of ['a', 'b', 'c']) first.take(message(id))
  await settled()
  first.crash()
  await site.clock.advance(1)
  const { told, stats } = site.open([], { maxMessages: 2, ...offline })
  await settled()
  assert.deepEqual(told, ['dropped a overflow'])
  assert.equal(stats().queued, 2)
})

test('a message that is dropped while it is being completed is not sent', async () => {
  let complete = (): void => {}
  const isComplete = new Promise<void>((resolve) => {
    complete = resolve
  })
  const { take, told } = createSite().open([], {
    maxMessages: 1,
    complete: { now: (given) => given, soon: (given) => isComplete.then(() => given) },
  })
  take(message('a'))
  await settled()
  take(message('b'))
  complete()
  await settled()
  assert.deepEqual(told, ['dropped a overflow', 'sent b', 'delivered b'])
})
