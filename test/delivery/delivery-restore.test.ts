import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hour, settled } from '../support/clock.ts'
import { createConnection, delivered, later, never, status, unanswered } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

const away = async ({ clock }: ReturnType<typeof createSite>): Promise<void> => clock.advance(60_000)

test('what waited when the page was left is delivered when it has come back, in order', async () => {
  const site = createSite()
  const connection = createConnection(true)
  const { take, leave, restore, told } = site.open([], { connection })
  for (const id of ['a', 'b']) take(message(id))
  await settled()
  leave()
  await away(site)
  restore()
  take(message('c'))
  connection.set(false)
  await settled()
  assert.deepEqual(
    told,
    ['a', 'b', 'c'].flatMap((id) => [`sent ${id}`, `delivered ${id}`]),
  )
})

test('what another page delivered meanwhile is not sent again', async () => {
  const site = createSite()
  const connection = createConnection(true)
  const { take, leave, restore, told, stats } = site.open([], { connection })
  for (const id of ['a', 'b']) take(message(id))
  await settled()
  leave()
  const other = site.open()
  await away(site)
  assert.deepEqual(other.told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
  connection.set(false)
  restore()
  await away(site)
  assert.deepEqual([told, stats().queued], [[], 0])
})

test('what was in flight when the page was left is waited for, and holds back the rest', async () => {
  const site = createSite()
  const first = later()
  const { take, leave, restore, told, database } = site.open([first.answer])
  take(message('a'))
  await settled()
  leave()
  await away(site)
  restore()
  take(message('b'))
  await away(site)
  assert.deepEqual([told, database.calls.has ?? 0], [['sent a'], 0])
  first.say(delivered)
  await settled()
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('what was sent as the page was left, and answered before it came back, is settled', async () => {
  const site = createSite()
  const { take, leave, restore, told, stats } = site.open()
  for (const id of ['a', 'b']) take(message(id))
  leave()
  await away(site)
  restore()
  await away(site)
  assert.deepEqual(told, ['leaving with a', 'leaving with b', 'delivered a', 'delivered b'])
  assert.deepEqual([stats().delivered, site.stored.database.size, site.stored.journal.size], [2, 0, 0])
})

test('what was sent as the page was left, and not answered, is sent again', async () => {
  const site = createSite()
  const { take, leave, restore, told, stats } = site.open([unanswered])
  take(message('a'))
  leave()
  await away(site)
  restore()
  await away(site)
  assert.deepEqual(told, ['leaving with a', 'retrying a in 0', 'sent a', 'delivered a'])
  assert.equal(stats().delivered, 1)
})

test('many failures as the page was left are no reason for a long rest', async () => {
  const site = createSite()
  const { take, leave, restore, told } = site.open([unanswered, unanswered, unanswered])
  for (const id of ['a', 'b', 'c']) take(message(id))
  leave()
  await away(site)
  restore()
  await away(site)
  assert.deepEqual(told.slice(-2), ['sent c', 'delivered c'])
})

test('in memory, what waited is still there when the page has come back', async () => {
  const site = createSite()
  const { take, leave, restore, told, journal, database } = site.open([status(503, 1000), 'no room'])
  journal.isFull = true
  database.all(() => Promise.reject(new Error('none')))
  for (const id of ['a', 'b']) take(message(id))
  await settled()
  leave()
  await away(site)
  restore()
  await away(site)
  assert.deepEqual(told.slice(-4), ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('the wait that the server asked for goes on after the page has come back', async () => {
  const site = createSite()
  const { take, leave, restore, told } = site.open([status(503, hour)])
  take(message('a'))
  await settled()
  leave()
  await away(site)
  restore()
  await site.clock.advance(hour - 60_001)
  assert.deepEqual(told, ['sent a', `retrying a in ${hour}`])
  await site.clock.advance(1)
  assert.equal(told.at(-1), 'delivered a')
})

test('a page may be left and come back again and again', async () => {
  const site = createSite()
  const connection = createConnection(true)
  const { take, leave, restore, told, stats } = site.open([], { connection })
  for (const id of ['a', 'b', 'c']) {
    take(message(id))
    leave()
    await away(site)
    restore()
    await settled()
  }
  assert.equal(stats().queued, 3)
  connection.set(false)
  await settled()
  assert.deepEqual(
    told,
    ['a', 'b', 'c'].flatMap((id) => [`sent ${id}`, `delivered ${id}`]),
  )
})

test('only one request at a time is made after the page has come back', async () => {
  const site = createSite()
  const { take, leave, restore, told } = site.open([status(500), never])
  for (const id of ['a', 'b']) take(message(id))
  await settled()
  site.serverWait.set(1000)
  leave()
  await away(site)
  restore()
  await away(site)
  assert.deepEqual(told, ['sent a', 'retrying a in 500', 'sent a'])
})
