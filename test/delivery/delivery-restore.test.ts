import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hour, minute, settled } from '../support/clock.ts'
import { createConnection, delivered, later, networkError, never, status } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'
import { all, failing } from '../support/storage.ts'

const away = async ({ clock }: ReturnType<typeof createSite>): Promise<void> => clock.advance(minute)

test('messages that waited when the page was left are delivered after it has come back, in order', async () => {
  const site = createSite()
  const connection = createConnection(true)
  const { add, onPageHide, onPageRestore, told } = site.open([], { connection })
  add('a', 'b')
  await settled()
  onPageHide(false)
  await away(site)
  onPageRestore()
  add('c')
  connection.set(false)
  await settled()
  assert.deepEqual(
    told,
    ['a', 'b', 'c'].flatMap((id) => [`sent ${id}`, `delivered ${id}`]),
  )
})

for (const [what, isNextPageOfSite, told] of [
  ['left to the next page', true, ['sent b', 'delivered b']],
  ['sent as the page ended', false, ['sent b at exit', 'sent b', 'delivered b']],
] as const) {
  test(`a message that was called after the page was left, and ${what}, is delivered as the page comes back`, async () => {
    const site = createSite()
    const tab = site.open([delivered, ...(isNextPageOfSite ? [] : [never])])
    tab.add('a')
    await settled()
    tab.onPageHide(isNextPageOfSite)
    tab.add('b')
    await away(site)
    tab.onPageRestore()
    await away(site)
    assert.deepEqual(tab.told, ['sent a', 'delivered a', ...told])
    assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
  })
}

test('messages that another page delivered meanwhile are not sent again', async () => {
  const site = createSite()
  const connection = createConnection(true)
  const { add, onPageHide, onPageRestore, told, stats } = site.open([], { connection })
  add('a', 'b')
  await settled()
  onPageHide(false)
  const other = site.open()
  await away(site)
  assert.deepEqual(other.told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
  connection.set(false)
  onPageRestore()
  await away(site)
  assert.deepEqual([told, stats().queued], [[], 0])
})

test('a message that was in flight when the page was left is sent again, and told as delivered once', async () => {
  const site = createSite()
  const first = later()
  const { add, onPageHide, onPageRestore, told, stats } = site.open([first.answer])
  add('a')
  await settled()
  onPageHide(false)
  await away(site)
  onPageRestore()
  add('b')
  await away(site)
  first.say(delivered)
  await settled()
  assert.deepEqual(told, ['sent a', 'sent a', 'delivered a', 'sent b', 'delivered b'])
  assert.deepEqual([stats().delivered, stats().inFlight, stats().queued], [2, 0, 0])
})

test('an answer to a request of the page exit settles its message, if it comes before the page does', async () => {
  const site = createSite()
  const { add, onPageHide, onPageRestore, told, stats } = site.open()
  add('a', 'b')
  onPageHide(false)
  await away(site)
  onPageRestore()
  await away(site)
  assert.deepEqual(told, ['sent a at exit', 'sent b at exit', 'delivered a', 'delivered b'])
  assert.deepEqual([stats().delivered, site.stored.database.size, site.stored.journal.size], [2, 0, 0])
})

test('a message that was sent as the page was left, without an answer, is sent again', async () => {
  const site = createSite()
  const { add, onPageHide, onPageRestore, told, stats } = site.open([networkError])
  add('a')
  onPageHide(false)
  await away(site)
  onPageRestore()
  await away(site)
  assert.deepEqual(told, ['sent a at exit', 'retrying a in 0', 'sent a', 'delivered a'])
  assert.equal(stats().delivered, 1)
})

test('many failures as the page was left do not make the pause after its return longer', async () => {
  const site = createSite()
  const { add, onPageHide, onPageRestore, told } = site.open([networkError, networkError, networkError])
  add('a', 'b', 'c')
  onPageHide(false)
  await away(site)
  onPageRestore()
  await settled()
  assert.deepEqual(
    told.slice(-6),
    ['a', 'b', 'c'].flatMap((id) => [`sent ${id}`, `delivered ${id}`]),
  )
})

test('messages that only memory holds are still there when the page has come back', async () => {
  const site = createSite()
  const { add, onPageHide, onPageRestore, told, journal, database } = site.open([
    status(503, 1000),
    'no room',
  ])
  journal.isFull = true
  database.trouble = all(failing)
  add('a', 'b')
  await settled()
  onPageHide(false)
  await away(site)
  onPageRestore()
  await away(site)
  assert.deepEqual(told.slice(-4), ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('the pause that the server asked for goes on after the page has come back', async () => {
  const site = createSite()
  const { add, onPageHide, onPageRestore, told } = site.open([status(503, hour)])
  add('a')
  await settled()
  onPageHide(false)
  await away(site)
  onPageRestore()
  await site.clock.advance(hour - minute - 1)
  assert.deepEqual(told, ['sent a', `retrying a in ${hour}`])
  await site.clock.advance(1)
  assert.equal(told.at(-1), 'delivered a')
})

test('a page may be left and come back again and again', async () => {
  const site = createSite()
  const connection = createConnection(true)
  const { add, onPageHide, onPageRestore, told, stats } = site.open([], { connection })
  for (const id of ['a', 'b', 'c']) {
    add(id)
    onPageHide(false)
    await away(site)
    onPageRestore()
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

test('a page that has come back makes one request at a time', async () => {
  const site = createSite()
  const { add, onPageHide, onPageRestore, told } = site.open([status(500), never])
  add('a', 'b')
  await settled()
  site.retryAfter.set(1000)
  onPageHide(false)
  await away(site)
  onPageRestore()
  await away(site)
  assert.deepEqual(told, ['sent a', 'retrying a in 5000', 'sent a'])
})

test('a call that was captured as the page was left is not lost when the page comes back', async () => {
  const site = createSite()
  const { capture, enqueue, onPageHide, onPageRestore, told } = site.open(['no room'])
  const captured = capture(message('a'))
  onPageHide(false)
  await away(site)
  onPageRestore()
  enqueue(message('a'), captured)
  await away(site)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})
