import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../protocol/message.ts'
import { minute, settled } from '../support/clock.ts'
import {
  createConnection,
  delivered,
  later,
  misconfigured,
  networkError,
  never,
  refused,
  status,
} from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

/** `unsettled` where a flush is still waiting when nothing more happens by itself. */
const outcomeOf = async (flushing: Promise<boolean>): Promise<boolean | 'unsettled'> => {
  await settled()
  return Promise.race([flushing, settled().then(() => 'unsettled' as const)])
}

test('with nothing to deliver, flush is true at once', async () =>
  assert.equal(await createSite().open().flush(), true))

test('flush is true when every message before it is settled, dropped ones too', async () => {
  const { add, flush, stats } = createSite().open([refused])
  add('a', 'b', 'c')
  assert.equal(await flush(), true)
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 2, retried: 0, dropped: { refused: 1 } })
})

for (const [what, answer] of [
  ['gets no answer', networkError],
  ['meets a server in trouble', status(503)],
  ['meets a wrong set-up', misconfigured],
] as const) {
  test(`flush is false when the attempt ${what}; the next flush delivers the rest`, async () => {
    const { add, flush, told } = createSite().open([answer])
    add('a', 'b')
    assert.equal(await flush(), false)
    assert.equal(told.length, 2)
    assert.equal(await flush(), true)
    assert.deepEqual(told.slice(2), ['sent a', 'delivered a', 'sent b', 'delivered b'])
  })
}

test('flush does not shorten the pause that the server asked for, and is false', async () => {
  const { clock, open } = createSite()
  const { add, flush, told } = open([status(503, 10_000)])
  add('a')
  assert.equal(await flush(), false)
  assert.equal(await flush(), false)
  await clock.advance(9999)
  assert.deepEqual(told, ['sent a', 'retrying a in 10000'])
  await clock.advance(1)
  assert.equal(told.at(-1), 'delivered a')
})

test('offline, flush is false at once, even for a call that is still on its way through the page', async () => {
  const connection = createConnection(true)
  const { capture, enqueue, flush, told } = createSite().open([], { connection })
  const captured = capture(message('a'))
  await settled()
  assert.equal(await outcomeOf(flush()), false)
  enqueue(message('a'), captured)
  assert.equal(await outcomeOf(flush()), false)
  connection.set(false)
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('before the page has begun, flush is false, or true where nothing waits', async () => {
  const { add, begin, flush } = createSite().open([], { isPrerendered: true })
  assert.equal(await outcomeOf(flush()), true)
  add('a')
  assert.equal(await outcomeOf(flush()), false)
  begin()
  await settled()
  assert.equal(await outcomeOf(flush()), true)
})

test('after the page has ended, flush is false', async () => {
  const { add, flush, onPageHide } = createSite().open(['no room'])
  add('a')
  onPageHide(false)
  assert.equal(await outcomeOf(flush()), false)
})

test('the end of the page settles a flush', async () => {
  const { add, flush, onPageHide } = createSite().open([never])
  add('a')
  const flushing = flush()
  await settled()
  onPageHide(false)
  assert.equal(await outcomeOf(flushing), false)
})

test('flush waits for the request that is in flight, and makes no second one', async () => {
  const first = later()
  const { add, flush, told, stats } = createSite().open([first.answer])
  add('a')
  await settled()
  assert.equal(stats().inFlight, 1)
  const flushing = flush()
  await settled()
  first.say(delivered)
  assert.equal(await flushing, true)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('flush waits for the messages before it, not for later ones', async () => {
  const { add, flush, told } = createSite().open([delivered, never])
  add('a')
  const flushing = flush()
  add('b')
  assert.equal(await flushing, true)
  assert.equal(told.includes('delivered b'), false)
})

test('flush waits for a call that is still on its way through the page', async () => {
  const { capture, enqueue, flush, told } = createSite().open()
  const captured = capture(message('a'))
  const flushing = flush()
  enqueue(message('a'), captured)
  assert.equal(await flushing, true)
  assert.ok(told.includes('delivered a'))
})

test('flush does not wait for a call that is discarded', async () => {
  const { capture, discard, flush, told } = createSite().open()
  const captured = capture(message('a'))
  const flushing = flush()
  if (captured) discard(captured)
  assert.equal(await flushing, true)
  assert.deepEqual(told, [])
})

test('several flushes at once all settle', async () => {
  const { add, flush } = createSite().open([networkError])
  add('a')
  assert.deepEqual(await Promise.all([flush(), flush()]), [false, false])
  const flushing = flush()
  add('b')
  assert.deepEqual(await Promise.all([flushing, flush()]), [true, true])
})

test('flush is true when its last message is dropped for want of room', async () => {
  const enrich = { withKnown: (given: Message) => given, whenReady: () => new Promise(() => {}) }
  const { add, flush } = createSite().open([], { maxMessages: 1, enrich })
  add('a')
  const flushing = flush()
  add('b')
  assert.equal(await outcomeOf(flushing), true)
})

test('a flush while the page is left settles, whatever becomes of its messages', async () => {
  const { clock, open } = createSite()
  const first = later()
  const { add, flush, onPageHide, onPageRestore, told } = open([first.answer, 'no room'])
  add('a', 'b')
  await settled()
  const flushing = flush()
  onPageHide(false)
  await clock.advance(1)
  onPageRestore()
  first.say(delivered)
  await clock.advance(minute)
  assert.equal(told.at(-1), 'delivered b')
  assert.equal(await outcomeOf(flushing), false)
})
