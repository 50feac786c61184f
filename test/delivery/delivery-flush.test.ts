import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settled } from '../support/clock.ts'
import {
  createConnection,
  delivered,
  later,
  misconfigured,
  never,
  refused,
  status,
  unanswered,
} from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

test('with nothing to deliver, flush is true at once', async () =>
  assert.equal(await createSite().open().flush(), true))

test('flush is true when all that was taken before is settled, dropped ones too', async () => {
  const { take, flush, stats } = createSite().open([refused])
  for (const id of ['a', 'b', 'c']) take(message(id))
  assert.equal(await flush(), true)
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 2, retried: 0, dropped: { refused: 1 } })
})

for (const [what, answer] of [
  ['was not answered', unanswered],
  ['met a server in trouble', status(503)],
  ['met a wrong set-up', misconfigured],
] as const) {
  test(`flush is false when the try ${what}; the next flush ends the rest`, async () => {
    const { take, flush, told } = createSite().open([answer])
    for (const id of ['a', 'b']) take(message(id))
    assert.equal(await flush(), false)
    assert.equal(told.length, 2)
    assert.equal(await flush(), true)
    assert.deepEqual(told.slice(2), ['sent a', 'delivered a', 'sent b', 'delivered b'])
  })
}

test('flush does not shorten the wait that the server asked for, and is false', async () => {
  const { clock, open } = createSite()
  const { take, flush, told } = open([status(503, 10_000)])
  take(message('a'))
  assert.equal(await flush(), false)
  assert.equal(await flush(), false)
  await clock.advance(9999)
  assert.deepEqual(told, ['sent a', 'retrying a in 10000'])
  await clock.advance(1)
  assert.equal(told.at(-1), 'delivered a')
})

test('offline, flush is false', async () => {
  const connection = createConnection(true)
  const { take, flush, told } = createSite().open([], { connection })
  take(message('a'))
  assert.equal(await flush(), false)
  assert.equal(await flush(), false)
  connection.set(false)
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('flush waits for the request that is in flight, and makes no second one', async () => {
  const first = later()
  const { take, flush, told, stats } = createSite().open([first.answer])
  take(message('a'))
  await settled()
  assert.equal(stats().inFlight, 1)
  const flushed = flush()
  await settled()
  first.say(delivered)
  assert.equal(await flushed, true)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('flush waits for what was taken before it, not for what comes later', async () => {
  const { take, flush, told } = createSite().open([delivered, never])
  take(message('a'))
  const flushed = flush()
  take(message('b'))
  assert.equal(await flushed, true)
  assert.equal(told.includes('delivered b'), false)
})

test('flush waits for a call that is still on its way through the page', async () => {
  const { note, take, flush, told } = createSite().open()
  const noted = note(message('a'))
  const flushed = flush()
  take(message('a'), noted)
  assert.equal(await flushed, true)
  assert.ok(told.includes('delivered a'))
})

test('flush waits no longer for a call that turns out to be meant for others', async () => {
  const { note, release, flush, told } = createSite().open()
  const noted = note(message('a'))
  const flushed = flush()
  if (noted) release(noted)
  assert.equal(await flushed, true)
  assert.deepEqual(told, [])
})

test('several flushes at once are each told', async () => {
  const { take, flush } = createSite().open([unanswered])
  take(message('a'))
  assert.deepEqual(await Promise.all([flush(), flush()]), [false, false])
  const flushed = flush()
  take(message('b'))
  assert.deepEqual(await Promise.all([flushed, flush()]), [true, true])
})

test('a flush is told when its last message is dropped for want of room', async () => {
  const { take, flush } = createSite().open([never], { maxMessages: 1 })
  take(message('a'))
  const flushed = flush()
  take(message('b'))
  assert.equal(await flushed, true)
})

test('a flush while the page is left is told in the end, whatever becomes of its messages', async () => {
  const { clock, open } = createSite()
  const first = later()
  const { take, flush, leave, restore, told } = open([first.answer, 'no room'])
  for (const id of ['a', 'b']) take(message(id))
  await settled()
  const flushed = flush()
  leave()
  await clock.advance(1)
  restore()
  first.say(delivered)
  await clock.advance(60_000)
  assert.equal(told.at(-1), 'delivered b')
  assert.notEqual(await Promise.race([flushed, settled().then(() => 'not told')]), 'not told')
})
