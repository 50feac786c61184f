import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../protocol/message.ts'
import { hour, minute, settled, turn } from '../support/clock.ts'
import { createConnection, delivered, never, refused, status } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'
import { silent } from '../support/storage.ts'

/** An `enrich` that knows everything only when the test says so. */
function createEnrich() {
  let end = (): void => {}
  const isReady = new Promise<void>((resolve) => {
    end = resolve
  })
  return {
    end: () => end(),
    enrich: { withKnown: (given: Message) => given, whenReady: () => isReady },
  }
}

test('messages go one after the other, in the order of the calls', async () => {
  const { add, flush, told } = createSite().open()
  add('a', 'b')
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('a message in flight holds back those behind it', async () => {
  const { add, told, stats } = createSite().open([never])
  add('a', 'b', 'c')
  await settled()
  assert.deepEqual(told, ['sent a'])
  assert.deepEqual(stats(), { queued: 2, inFlight: 1, delivered: 0, retried: 0, dropped: {} })
})

test('a call that comes after everything was delivered is delivered, too', async () => {
  const { add, told } = createSite().open()
  for (const id of ['a', 'b']) {
    add(id)
    await settled()
  }
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('a refused message is dropped with its status, and those behind it flow', async () => {
  const { add, flush, told, stats } = createSite().open([refused])
  add('a', 'b')
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'dropped a refused 400', 'sent b', 'delivered b'])
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 1, retried: 0, dropped: { refused: 1 } })
})

test('stats count the attempts beyond the first of each message', async () => {
  const { clock, open } = createSite()
  const { add, stats } = open([status(500), status(500), delivered, status(500)], {
    time: { ...clock, random: () => 0 },
  })
  add('a')
  await clock.advance(minute)
  add('b')
  await clock.advance(minute)
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 2, retried: 3, dropped: {} })
})

test('stats count the short repeats within an attempt', async () => {
  const { add, flush, stats } = createSite().open(async (_, { onPause, onRetry }) => {
    await turn()
    onPause?.(true)
    onRetry?.()
    return delivered
  })
  add('a')
  await flush()
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 1, retried: 1, dropped: {} })
})

test('the caller of stats may change them: they are a copy', async () => {
  const { add, flush, stats } = createSite().open([refused])
  add('a')
  await flush()
  stats().dropped.refused = 9
  assert.equal(stats().dropped.refused, 1)
})

test('an error of the plugin itself is reported, and the message is tried again', async () => {
  const { clock, open } = createSite()
  const { add, told } = open([{ kind: 'retryable', cause: 'bug', error: new Error('ours') }])
  add('a')
  await clock.advance(5000)
  assert.deepEqual(told, ['sent a', 'bug: Error: ours', 'retrying a in 5000', 'sent a', 'delivered a'])
})

test('a message is sent as it was enriched', async () => {
  const sent: Message[] = []
  const { add, flush } = createSite().open([], {
    enrich: { withKnown: (given) => ({ ...given, os: 'x' }), whenReady: async () => {} },
    async send(given) {
      sent.push(given)
      return delivered
    },
  })
  add('a')
  await flush()
  assert.deepEqual(sent, [{ ...message('a'), os: 'x' }])
})

test('nothing is sent before everything about the browser is known', async () => {
  const { enrich, end } = createEnrich()
  const { add, told } = createSite().open([], { enrich })
  add('a', 'b')
  await settled()
  assert.deepEqual(told, [])
  end()
  await settled()
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('a message that is dropped before everything about the browser is known is not sent', async () => {
  const { enrich, end } = createEnrich()
  const { add, told } = createSite().open([], { enrich, maxMessages: 1 })
  add('a', 'b')
  end()
  await settled()
  assert.deepEqual(told, ['dropped a overflow', 'sent b', 'delivered b'])
})

test('a captured message is stored, but goes only when it is enqueued, and as it was enqueued', async () => {
  const { clock, open, stored } = createSite()
  const { capture, enqueue, told, stats } = open()
  const captured = capture(message('a'))
  await clock.advance(minute)
  assert.deepEqual([told, stats().queued], [[], 1])
  assert.equal(stored.journal.size, 1)
  enqueue(message('a2'), captured)
  await settled()
  assert.deepEqual(told, ['sent a2', 'delivered a2'])
  assert.deepEqual([stored.journal.size, stored.database.size], [0, 0])
})

test('messages go in the order in which they were enqueued, not in which they were captured', async () => {
  const { capture, enqueue, flush, line } = createSite().open()
  const captured = capture(message('a'))
  enqueue(message('b'))
  enqueue(message('a'), captured)
  await flush()
  assert.deepEqual(line.sent, ['b', 'a'])
})

test('a discarded message is forgotten, and does not count as dropped', async () => {
  const { clock, open, stored } = createSite()
  const { capture, discard, told, stats } = open()
  const captured = capture(message('a'))
  assert.ok(captured)
  discard(captured)
  await clock.advance(minute)
  assert.deepEqual([told, stats().dropped, stored.journal.size, stored.database.size], [[], {}, 0, 0])
})

test('a discard after the message was enqueued does nothing', async () => {
  const { capture, enqueue, discard, flush, told } = createSite().open()
  const captured = capture(message('a'))
  assert.ok(captured)
  enqueue(message('a'), captured)
  discard(captured)
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('where the database stays silent, a message waits a second for earlier ones, and then goes', async () => {
  const { clock, open } = createSite()
  const { add, told } = open([], { trouble: { keys: silent } })
  add('a')
  await clock.advance(999)
  assert.deepEqual(told, [])
  await clock.advance(1)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('where the database stays silent, only the first message of the page waits for it', async () => {
  const { clock, open } = createSite()
  const { add, told } = open([], { trouble: { keys: silent, write: silent, read: silent, trim: silent } })
  await clock.advance(1000)
  for (const id of ['a', 'b']) {
    add(id)
    await settled()
  }
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('when the storage is cleared under a living page, it sends what its memory holds', async () => {
  const { open, stored } = createSite()
  const connection = createConnection(true)
  const { add, flush, told, stats } = open([], { connection })
  add('a', 'b')
  await settled()
  stored.database.clear()
  stored.journal.clear()
  add('c')
  connection.set(false)
  assert.equal(await flush(), true)
  assert.deepEqual(
    told.filter((line) => line.startsWith('delivered')),
    ['delivered a', 'delivered b', 'delivered c'],
  )
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 3, retried: 0, dropped: {} })
})

test('the second of two attempts has twice the time of the first that timed out', async () => {
  const { clock, open } = createSite()
  const { add, line } = open(Array(8).fill({ kind: 'retryable', cause: 'timeout' }))
  add('a')
  await clock.advance(hour)
  assert.deepEqual(
    line.attempts.map(({ timeoutMs }) => timeoutMs),
    [1, 2, 4, 8, 16, 16, 16, 16, 16].map((times) => times * 10_000),
  )
})

test('a slow endpoint gets through all that waits', async () => {
  const { clock, open } = createSite()
  const needsMs = 35_000
  const { add, told } = open((_, { timeoutMs }) =>
    timeoutMs < needsMs ? { kind: 'retryable', cause: 'timeout' } : delivered,
  )
  add('a', 'b')
  await clock.advance(5 * minute)
  assert.deepEqual(
    told.filter((line) => line.startsWith('delivered')),
    ['delivered a', 'delivered b'],
  )
})

for (const [what, replies, retries] of [
  ['its first attempt', [], [2]],
  ['an attempt after a failure', [status(500)], [2, 0]],
] as const) {
  test(`${what} has ${retries.at(-1)} short repeats`, async () => {
    const { clock, open } = createSite()
    const { add, line } = open([...replies])
    add('a')
    await clock.advance(minute)
    assert.deepEqual(
      line.attempts.map(({ retries }) => retries),
      retries,
    )
  })
}
