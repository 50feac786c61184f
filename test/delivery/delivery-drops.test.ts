import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graceMs } from '../../lib/delivery/grace.ts'
import type { Message, MessageType } from '../../protocol/message.ts'
import { hour, settled } from '../support/clock.ts'
import { createConnection, delivered, later, misconfigured, never, status } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

const blockedBy = ({ context }: Message): 'consent' | undefined =>
  context.consent === true ? undefined : 'consent'
const agreed = { consent: true }
const offline = () => ({ connection: createConnection(true) })

test('a message that waited too long behind others is dropped as expired, and those behind it flow', async () => {
  const { clock, open } = createSite()
  const first = later()
  const { add, told, stats } = open([first.answer], { maxAgeMs: hour })
  add('a', 'b')
  await clock.advance(1)
  add('c')
  await clock.advance(hour)
  first.say(delivered)
  await settled()
  assert.deepEqual(told, ['sent a', 'delivered a', 'dropped b expired', 'sent c', 'delivered c'])
  assert.deepEqual(stats().dropped, { expired: 1 })
})

test('a message that waited too long on a closed page is dropped as expired by the next', async () => {
  const site = createSite()
  const first = site.open([], { maxAgeMs: hour, ...offline() })
  first.add('a')
  await settled()
  first.crash()
  await site.clock.advance(hour + 1)
  const { told } = site.open()
  await settled()
  assert.deepEqual([told, site.stored.database.size], [['dropped a expired'], 0])
})

for (const [what, answer] of [
  ['the server asks to be left alone', status(503, 2 * hour)],
  ['the set-up is wrong', misconfigured],
  ['its attempts fail', status(503)],
] as const) {
  test(`a message that expires while ${what} is dropped, and not sent any more`, async () => {
    const { clock, open } = createSite()
    const { add, told, stats } = open(() => answer, { maxAgeMs: hour })
    add('a')
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
  const { add, told } = open([], { maxAgeMs: hour, connection })
  add('a')
  await clock.advance(hour + 1)
  connection.set(false)
  await settled()
  assert.deepEqual(told, ['dropped a expired'])
})

test('the timestamp of a message does not shorten how long it may wait', async () => {
  const { enqueue, flush, told } = createSite().open([], { maxAgeMs: hour })
  enqueue({ ...message('a'), timestamp: '2001-01-01T00:00:00.000Z' })
  await flush()
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('a clock that is set forward expires nothing that has just been called', async () => {
  const { clock, open } = createSite()
  const connection = createConnection(true)
  const { add, flush, told } = open([], { maxAgeMs: hour, connection })
  add('a')
  await clock.advance(hour - 1)
  clock.jump(365 * 24 * hour)
  connection.set(false)
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('a clock that is set back does not make a message of this page immortal', async () => {
  const { clock, open } = createSite()
  const connection = createConnection(true)
  const { add, told } = open([], { maxAgeMs: hour, connection })
  clock.jump(-30 * 24 * hour)
  add('a')
  clock.jump(30 * 24 * hour)
  await clock.advance(hour + 1)
  connection.set(false)
  await settled()
  assert.deepEqual(told, ['dropped a expired'])
})

test('where more wait than may, the oldest is dropped', async () => {
  const { add, told, stats } = createSite().open([], { maxMessages: 2, ...offline() })
  add('a', 'b', 'c', 'd')
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
  test(`of ${types}, where two may wait, the queue drops ${dropped.join(' and ')}`, () => {
    const { enqueue, told } = createSite().open([], { maxMessages: 2, ...offline() })
    for (const [index, type] of types.split(' ').entries()) {
      enqueue(message('abcd'.charAt(index), type as MessageType))
    }
    assert.deepEqual(
      told,
      dropped.map((id) => `dropped ${id} overflow`),
    )
  })
}

test('where one may wait, one waits beside the one in flight', async () => {
  const first = later()
  const { add, told, stats } = createSite().open([first.answer, never], { maxMessages: 1 })
  add('a')
  await settled()
  add('b')
  await settled()
  assert.deepEqual(told, ['sent a'])
  assert.deepEqual(stats(), { queued: 1, inFlight: 1, delivered: 0, retried: 0, dropped: {} })
  add('c')
  assert.deepEqual(told.slice(1), ['dropped b overflow'])
  first.say(delivered)
  await settled()
  assert.deepEqual(told.slice(2), ['delivered a', 'sent c'])
})

test('where one may wait, one of two is dropped when the one in flight fails', async () => {
  const first = later()
  const { open, stored, clock } = createSite()
  const { add, told, stats } = open([first.answer], { maxMessages: 1 })
  add('a')
  await clock.advance(graceMs)
  add('b')
  await clock.advance(graceMs)
  first.say(status(503))
  await clock.advance(graceMs)
  assert.deepEqual(told, ['sent a', 'retrying a in 5000', 'dropped a overflow'])
  assert.deepEqual([stats().queued, stored.database.size], [1, 1])
})

test('captured messages take no room from those that wait', () => {
  const { capture, add, told } = createSite().open([], { maxMessages: 1, ...offline() })
  add('a')
  capture(message('b'))
  assert.deepEqual(told, [])
})

test('a message without consent is neither captured nor sent, and dropped once', async () => {
  const { open, stored } = createSite()
  const { capture, enqueue, flush, told, stats } = open([], { blockedBy })
  assert.equal(capture(message('a')), undefined)
  enqueue(message('a'))
  enqueue(message('b', 'track', agreed))
  assert.deepEqual([stored.journal.size, told[0]], [1, 'dropped a consent'])
  await flush()
  assert.deepEqual(told, ['dropped a consent', 'sent b', 'delivered b'])
  assert.deepEqual(stats().dropped, { consent: 1 })
})

test('a captured message that is enqueued without its consent is dropped and forgotten', async () => {
  const { open, stored } = createSite()
  const { capture, enqueue, onPageHide, told } = open([], { blockedBy })
  enqueue(message('a'), capture(message('a', 'track', agreed)))
  await settled()
  onPageHide(false)
  assert.deepEqual(told, ['dropped a consent'])
  assert.deepEqual([stored.journal.size, stored.database.size], [0, 0])
})

test('consent that is withdrawn counts for the messages that wait', async () => {
  const { open, stored } = createSite()
  const connection = createConnection(true)
  let isWithdrawn = false
  const { add, flush, told } = open([], {
    connection,
    blockedBy: () => (isWithdrawn ? 'consent' : undefined),
  })
  add('a', 'b')
  await settled()
  isWithdrawn = true
  connection.set(false)
  assert.equal(await flush(), true)
  await settled()
  assert.deepEqual(told, ['dropped a consent', 'dropped b consent'])
  assert.deepEqual([stored.journal.size, stored.database.size], [0, 0])
})

test('consent that is withdrawn counts for what the page sends as it ends', async () => {
  let isWithdrawn = false
  const { add, onPageHide, told } = createSite().open([never], {
    blockedBy: () => (isWithdrawn ? 'consent' : undefined),
  })
  add('a', 'b')
  await settled()
  isWithdrawn = true
  onPageHide(false)
  assert.deepEqual(told, ['sent a'])
})

test('the page that takes a message over checks its consent again', async () => {
  const site = createSite()
  const first = site.open([], offline())
  first.add('a')
  await settled()
  first.crash()
  const { told } = site.open([], { blockedBy })
  await settled()
  assert.deepEqual(told, ['dropped a consent'])
  assert.equal(site.stored.database.size, 0)
})

test('the messages that a closed page left count among those that wait', async () => {
  const site = createSite()
  const first = site.open([], offline())
  first.add('a', 'b', 'c')
  await settled()
  first.crash()
  await site.clock.advance(1)
  const { told, stats } = site.open([], { maxMessages: 2, ...offline() })
  await settled()
  assert.deepEqual(told, ['dropped a overflow'])
  assert.equal(stats().queued, 2)
})

test('expired messages that a closed page left do not push out valid ones', async () => {
  const site = createSite()
  const first = site.open([], { maxAgeMs: hour, ...offline() })
  first.add('i1', 'i2')
  await settled()
  first.crash()
  await site.clock.advance(hour + 1)
  const { add, told } = site.open([], { maxMessages: 1, ...offline() })
  add('c')
  await settled()
  assert.deepEqual(told, ['dropped i1 expired', 'dropped i2 expired'])
})

test('where another tab drops the message in flight, because too many wait, the next one goes', async () => {
  const site = createSite()
  const first = site.open([never], { maxMessages: 3 })
  first.add('a', 'b')
  const flush = first.flush()
  await site.clock.advance(graceMs)
  const second = site.open([], { maxMessages: 3, ...offline() })
  await site.clock.advance(graceMs)
  second.add('c', 'd')
  await site.clock.advance(graceMs)
  assert.deepEqual([first.told, second.told], [['sent a', 'sent b', 'delivered b'], ['dropped a overflow']])
  assert.equal(await flush, true)
})
