import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../protocol/message.ts'
import { settled } from '../support/clock.ts'
import { createConnection, never, refused, status } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'
import { silent } from '../support/storage.ts'

test('messages are sent one after the other, in the order in which they were taken', async () => {
  const { take, flush, told } = createSite().open()
  for (const id of ['a', 'b']) take(message(id))
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('a message that is not settled holds back those behind it', async () => {
  const { take, told, stats } = createSite().open([never])
  for (const id of ['a', 'b', 'c']) take(message(id))
  await settled()
  assert.deepEqual(told, ['sent a'])
  assert.deepEqual(stats(), { queued: 2, inFlight: 1, delivered: 0, retried: 0, dropped: {} })
})

test('what is taken after all else was delivered is delivered, too', async () => {
  const { take, told } = createSite().open()
  for (const id of ['a', 'b']) {
    take(message(id))
    await settled()
  }
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('a refused message is dropped with its status, and those behind it flow', async () => {
  const { take, flush, told, stats } = createSite().open([refused])
  for (const id of ['a', 'b']) take(message(id))
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'dropped a refused 400', 'sent b', 'delivered b'])
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 1, retried: 0, dropped: { refused: 1 } })
})

test('attempts beyond the first are counted for each message', async () => {
  const { clock, open } = createSite()
  const { take, stats } = open([status(500), status(500), { kind: 'delivered' }, status(500)])
  for (const id of ['a', 'b']) take(message(id))
  await clock.advance(5000)
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 2, retried: 3, dropped: {} })
})

test('stats are a copy: what is done to them changes nothing', async () => {
  const { take, flush, stats } = createSite().open([refused])
  take(message('a'))
  await flush()
  stats().dropped.refused = 9
  assert.equal(stats().dropped.refused, 1)
})

test('what is completed is what is sent and told', async () => {
  const sent: Message[] = []
  const complete = { now: (given: Message) => given, soon: async (given: Message) => ({ ...given, os: 'x' }) }
  const { take, flush } = createSite().open([], {
    complete,
    async send(given) {
      sent.push(given)
      return { kind: 'delivered' }
    },
  })
  take(message('a'))
  await flush()
  assert.deepEqual(sent, [{ ...message('a'), os: 'x' }])
})

test('a message is not sent before it is complete, and nothing overtakes it', async () => {
  let complete = (): void => {}
  const isComplete = new Promise<void>((resolve) => {
    complete = resolve
  })
  const { take, told } = createSite().open([], {
    complete: { now: (given) => given, soon: (given) => isComplete.then(() => given) },
  })
  for (const id of ['a', 'b']) take(message(id))
  await settled()
  assert.deepEqual(told, [])
  complete()
  await settled()
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('a noted message does not go before it is taken, and goes as it was taken', async () => {
  const { clock, open, stored } = createSite()
  const { note, take, told, stats } = open()
  const noted = note(message('a'))
  await clock.advance(60_000)
  assert.deepEqual([told, stats().queued], [[], 0])
  assert.equal(stored.journal.size, 1)
  take(message('a2'), noted)
  await settled()
  assert.deepEqual(told, ['sent a2', 'delivered a2'])
  assert.deepEqual([stored.journal.size, stored.database.size], [0, 0])
})

test('messages go in the order in which they were taken, not in which they were noted', async () => {
  const { note, take, flush, told } = createSite().open()
  const noted = note(message('a'))
  take(message('b'))
  take(message('a'), noted)
  await flush()
  assert.deepEqual(
    told.filter((line) => line.startsWith('sent')),
    ['sent b', 'sent a'],
  )
})

test('a released message is forgotten, and is no drop', async () => {
  const { clock, open, stored } = createSite()
  const { note, release, told, stats } = open()
  const noted = note(message('a'))
  assert.ok(noted)
  release(noted)
  await clock.advance(60_000)
  assert.deepEqual([told, stats().dropped, stored.journal.size, stored.database.size], [[], {}, 0, 0])
})

test('a release after the take does nothing', async () => {
  const { note, take, release, flush, told } = createSite().open()
  const noted = note(message('a'))
  assert.ok(noted)
  take(message('a'), noted)
  release(noted)
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('where the database stays silent, a message waits a second for earlier ones, and then goes', async () => {
  const { clock, open } = createSite()
  const { take, told } = open([], { trouble: { keys: silent } })
  take(message('a'))
  await clock.advance(999)
  assert.deepEqual(told, [])
  await clock.advance(1)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('what another tab has settled or dropped meanwhile is not sent, nor counted', async () => {
  const { open, stored } = createSite()
  const connection = createConnection(true)
  const { take, flush, told, stats } = open([], { connection })
  take(message('a'))
  await settled()
  stored.database.clear()
  take(message('b'))
  connection.set(false)
  assert.equal(await flush(), true)
  assert.deepEqual(told, ['sent b', 'delivered b'])
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 1, retried: 0, dropped: {} })
})
