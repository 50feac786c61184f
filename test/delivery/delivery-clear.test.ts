import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hour, minute, settled, turn } from '../support/clock.ts'
import { createConnection, delivered, later, never, status } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite, type Site } from '../support/site.ts'
import { all, failing, silent, type Troubles, waiting } from '../support/storage.ts'

test('clear drops the messages that wait, are captured, or are in flight', async () => {
  const { open, stored } = createSite()
  const answer = later()
  const { add, capture, clear, told, stats } = open([answer.answer])
  add('a', 'b')
  await settled()
  capture(message('c'))
  await clear()
  assert.deepEqual(told.slice(1).sort(), ['dropped a cleared', 'dropped b cleared', 'dropped c cleared'])
  assert.deepEqual(stats(), { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: { cleared: 3 } })
  await settled()
  assert.deepEqual([stored.journal.size, stored.database.size], [0, 0])
  answer.say(delivered)
  await settled()
  assert.equal(told.length, 4, 'each message ends once')
})

test('clear cancels the requests in flight', async () => {
  const { add, clear, line } = createSite().open([never])
  add('a')
  await settled()
  await clear()
  assert.equal(line.attempts[0]?.signal?.aborted, true)
})

test('clear settles a flush', async () => {
  const { add, clear, flush } = createSite().open([never])
  add('a')
  const flushing = flush()
  await settled()
  await clear()
  assert.equal(await flushing, true)
})

test('clear drops the messages of the other tabs, and each tab counts its own', async () => {
  const site = createSite()
  const connection = createConnection(true)
  const [one, other] = [site.open([], { connection }), site.open([], { connection })]
  one.add('a')
  other.add('b')
  await settled()
  await one.clear()
  await settled()
  assert.deepEqual([one.told, other.told], [['dropped a cleared'], ['dropped b cleared']])
  connection.set(false)
  await site.clock.advance(minute)
  assert.deepEqual([one.line.sent, other.line.sent], [[], []])
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
})

test('clear deletes what ended pages left and nobody has claimed', async () => {
  const site = createSite()
  const first = site.open([], { connection: createConnection(true) })
  first.add('a')
  await settled()
  first.crash()
  const second = site.open([], { isPrerendered: true })
  await second.clear()
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
})

/** A page sends a message as it ends, remembers that, and crashes. */
async function leaveMarked(site: Site): Promise<void> {
  const page = site.open([never])
  page.capture(message('a'))
  page.onPageHide(false)
  await settled()
  page.crash()
}

test('clear deletes what the journal remembers of page exits', async () => {
  const site = createSite()
  await leaveMarked(site)
  const second = site.open([never])
  await settled()
  await second.clear()
  await settled()
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
})

test('clear deletes what the journal remembers of page exits, also of messages that nobody has claimed', async () => {
  const site = createSite()
  await leaveMarked(site)
  assert.ok([...site.stored.journal.keys()].some((key) => key.startsWith('userengage:exits:')))
  await site.open([], { isPrerendered: true }).clear()
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
})

/** A page delivers a message, and crashes before the database can delete it: only the journal knows. */
async function leaveSettled(site: Site): Promise<void> {
  const connection = createConnection(true)
  const page = site.open([], { connection })
  page.add('a')
  await settled()
  page.database.trouble = all(failing)
  connection.set(false)
  await settled()
  assert.deepEqual(page.told, ['sent a', 'delivered a'])
  page.crash()
}

test('clear deletes what is settled, and what the journal remembers of that', async () => {
  const site = createSite()
  await leaveSettled(site)
  await site.open([], { isPrerendered: true }).clear()
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
})

test('clear lets the journal remember what is settled, where the database cannot delete it', async () => {
  const site = createSite()
  await leaveSettled(site)
  await site.open([], { isPrerendered: true, trouble: all(failing) }).clear()
  const next = site.open()
  await settled()
  assert.deepEqual(next.told, [])
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
})

test('a call after clear is delivered', async () => {
  const { add, clear, told } = createSite().open()
  await clear()
  add('a')
  await settled()
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('a call while clear deletes is delivered, and stored until then', async () => {
  const { open, stored } = createSite()
  const { add, clear } = open([status(503)])
  const clearing = clear()
  add('a')
  await clearing
  await settled()
  assert.equal(stored.database.size + stored.journal.size, 1)
})

test('a call that is stored while clear waits for the keys of the database stays there', async () => {
  const site = createSite()
  const { trouble, end } = waiting()
  const page = site.open([], { connection: createConnection(true), trouble: { keys: trouble } })
  const clearing = page.clear()
  page.add('a')
  await settled()
  assert.equal(site.stored.database.size, 1)
  end()
  await clearing
  await settled()
  assert.equal(site.stored.database.size, 1)
})

/** A page ends with a message that only the database has. */
async function leaveStored(site: Site, id: string): Promise<void> {
  const page = site.open([], { connection: createConnection(true), trouble: { keys: silent } })
  page.add(id)
  await settled()
  page.crash()
}

/** A page clears while its database waits, or while it is frozen, and meanwhile something happens. */
async function clearMeanwhile(site: Site, happens: () => Promise<void>): Promise<string[]> {
  const { trouble, end } = waiting()
  const clearing = site.open([], { trouble: { keys: trouble }, isPrerendered: true }).clear()
  await happens()
  end()
  await clearing
  return [...site.stored.database.values()].map((text) => JSON.parse(text).messageId)
}

for (const afterMs of [10, hour])
  test(`clear deletes what was left before, and no call that another page made ${afterMs} ms later`, async () => {
    const site = createSite()
    await leaveStored(site, 'a')
    await site.clock.advance(minute)
    const left = await clearMeanwhile(site, async () => {
      await site.clock.advance(afterMs)
      await leaveStored(site, 'b')
    })
    assert.deepEqual(left, ['b'])
  })

test('clear deletes what was left before the clock was set back', async () => {
  const site = createSite()
  await leaveStored(site, 'a')
  site.clock.jump(-hour)
  assert.deepEqual(await clearMeanwhile(site, () => site.clock.advance(10)), [])
})

test('clear deletes no call that another page made meanwhile, although the clock was set back before that', async () => {
  const site = createSite()
  const left = await clearMeanwhile(site, async () => {
    site.clock.jump(-hour)
    await site.clock.advance(10)
    await leaveStored(site, 'b')
  })
  assert.deepEqual(left, ['b'])
})

test('clear does not open the queue of another key', async () => {
  const site = createSite()
  const other = site.open([], { queue: 'userengage:1:e:other', connection: createConnection(true) })
  other.add('a')
  await settled()
  const { clear } = site.open()
  await clear()
  await site.clock.advance(hour)
  assert.deepEqual([other.told, site.stored.database.size], [[], 1])
})

for (const turns of [0, 1, 2, 3, 4, 5, 6])
  test(`clear ${turns} turns after a page has begun drops what that page is claiming`, async () => {
    const site = createSite()
    await leaveStored(site, 'a')
    await site.clock.advance(minute)
    const { clear, stats, line } = site.open([], { connection: createConnection(true) })
    for (let count = 0; count < turns; count++) await turn()
    await clear()
    await settled()
    assert.deepEqual([line.sent, stats().queued], [[], 0])
    assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
  })

test('clear in one tab does not delete what another calls a moment later, although that has a lease already', async () => {
  const site = createSite()
  const other = site.open([], { connection: createConnection(true) })
  other.add('a')
  await site.clock.advance(minute)
  const { trouble, end } = waiting()
  const clearing = site.open([], { trouble: { keys: trouble } }).clear()
  await site.clock.advance(1)
  other.add('b')
  await settled()
  end()
  await clearing
  await settled()
  assert.deepEqual(
    [...site.stored.database.values()].map((text) => JSON.parse(text).messageId),
    ['b'],
  )
})

test('clear in a page that nobody sees yet drops what waits in the other tabs, too', async () => {
  const site = createSite()
  const other = site.open([], { connection: createConnection(true) })
  other.add('a')
  await site.clock.advance(minute)
  await site.open([], { isPrerendered: true }).clear()
  await settled()
  assert.deepEqual(other.told, ['dropped a cleared'])
})

test('what a page is about to claim is dropped as well, while it waits for the locks of other tabs', async () => {
  const site = createSite()
  const dead = site.open([], { connection: createConnection(true) })
  dead.add('a')
  await site.clock.advance(minute)
  dead.crash()
  const locks = {
    acquireNew: async () => () => {},
    acquire: async () => () => {},
    acquireWithin: async () => undefined,
    whenGranted: () => site.clock.pause(100),
  }
  const trouble: Troubles = {}
  const page = site.open([], { trouble, storage: { locks } })
  await site.clock.advance(97)
  trouble.keys = () => site.clock.pause(5)
  const clearing = page.clear()
  await site.clock.advance(minute)
  await clearing
  assert.deepEqual([page.told, site.stored.database.size], [[], 0])
})
