import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaseOf } from '../../lib/delivery/entry-key.ts'
import { graceMs } from '../../lib/delivery/grace.ts'
import { settled } from '../support/clock.ts'
import { message } from '../support/message.ts'
import { createSite, type OutboxTab, type Site } from '../support/site.ts'
import { silent } from '../support/storage.ts'

/** The tabs open one millisecond after each other. */
async function opened(site: Site, given: Parameters<Site['outbox']>[0] = {}): Promise<OutboxTab> {
  await site.clock.advance(1)
  return site.outbox(given)
}

const claimed = ({ told }: OutboxTab): string[] => told.filter((line) => line.startsWith('claimed'))

for (const [what, call] of [
  [
    'while it is only captured',
    ({ capture, persist }) => {
      persist(capture(message('a')))
    },
  ],
  ['in the task of its call', ({ add }) => void add('a')],
  [
    'before the database has it',
    async ({ add, database }) => {
      database.trouble.write = silent
      add('a')
      await settled()
    },
  ],
  [
    'after the database has it',
    async ({ add }) => {
      add('a')
      await settled()
    },
  ],
] satisfies [string, (tab: OutboxTab) => void | Promise<void>][]) {
  for (const [how, end] of [
    ['crashes', ({ crash }: OutboxTab) => crash()],
    ['is left', ({ end }: OutboxTab) => end(false)],
  ] as const) {
    test(`a message survives when its page ${how} ${what}`, async () => {
      const site = createSite()
      const first = await opened(site)
      await call(first)
      end(first)
      const next = await opened(site)
      assert.deepEqual([next.ids(), claimed(next)], [['a'], ['claimed a']])
    })
  }
}

test('a page watches the journal from its first claim until it ends, and not before', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a')
  await settled()
  assert.equal(site.watchers.size, 0)
  first.end(false)
  const next = await opened(site)
  assert.deepEqual([claimed(next), site.watchers.size], [['claimed a'], 1])
  next.end(false)
  assert.equal(site.watchers.size, 0)
})

test('where a tab says that its messages wait, no other claims them, though its lock is not granted yet', async () => {
  const site = createSite()
  const locks = {
    acquire: async () => () => {},
    acquireWithin: async () => undefined,
    whenGranted: () => site.clock.pause(100),
  }
  const busy = await opened(site, {
    storage: { locks: { ...locks, acquireNew: () => new Promise<never>(() => {}) } },
  })
  busy.persist(busy.capture(message('a')))
  const other = await opened(site, { storage: { locks: { ...locks, acquireNew: locks.acquire } } })
  await site.clock.advance(100)
  assert.deepEqual(claimed(other), [])
  busy.crash()
  await site.clock.advance(10_100)
  assert.deepEqual(claimed(other), ['claimed a'])
})

test('a message that both journal and database hold is claimed once', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a')
  const journal = new Map(site.stored.journal)
  await site.clock.advance(graceMs)
  assert.equal(site.stored.journal.size, 0)
  first.crash()
  for (const [key, text] of journal) site.stored.journal.set(key, text)
  const next = await opened(site)
  const [entry] = next.entries()
  assert.deepEqual([next.ids(), claimed(next)], [['a'], ['claimed a']])
  assert.ok(entry, 'an entry')
  next.remove(entry)
  await settled()
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 0])
})

test('an empty text in the journal says that the message in the database is settled, and the other way round', async () => {
  for (const [settledIn, keptIn] of [
    ['journal', 'database'],
    ['database', 'journal'],
  ] as const) {
    const site = createSite()
    const first = await opened(site)
    first.add('a', 'b')
    const [[key = '', text = ''] = [], [otherKey = '', otherText = ''] = []] = [...site.stored.journal]
    await settled()
    first.crash()
    site.stored.journal.clear()
    site.stored.database.clear()
    site.stored[settledIn].set(key, '')
    site.stored[keptIn].set(key, text).set(otherKey, otherText)
    const next = await opened(site)
    await settled()
    assert.deepEqual(next.ids(), ['b'])
    assert.equal(site.stored.database.has(key) || site.stored.journal.has(key), false)
  }
})

test('messages of several ended pages are claimed in the order of their calls, journal and database at once', async () => {
  const site = createSite()
  const connected = await opened(site)
  connected.add('a', 'b')
  await settled()
  const journaling = await opened(site, { trouble: { write: silent } })
  journaling.add('c', 'd')
  const third = await opened(site)
  third.add('e')
  await settled()
  for (const tab of [third, connected, journaling]) tab.crash()
  const next = await opened(site)
  next.add('f')
  assert.deepEqual(next.ids(), ['a', 'b', 'c', 'd', 'e', 'f'])
  assert.deepEqual(claimed(next), ['claimed a,b,c,d,e'])
})

test('the messages of one page that are in the database precede those that only the journal has', async () => {
  const site = createSite()
  const other = site.open()
  await site.clock.advance(1)
  const first = await opened(site)
  first.add('i1', 'a')
  await settled()
  first.database.trouble.write = silent
  first.add('last')
  first.end(false)
  await settled()
  assert.deepEqual(other.line.sent, ['i1', 'a', 'last'])
})

test('claimed messages take their place before newer ones that wait already', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a')
  await settled()
  const second = await opened(site)
  second.add('b')
  await settled()
  first.end(false)
  await settled()
  assert.deepEqual(second.ids(), ['a', 'b'])
})

test('the messages of a living tab are not claimed before it ends', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a', 'b')
  await settled()
  const second = await opened(site)
  await site.clock.advance(60_000)
  assert.deepEqual(second.ids(), [])
  first.end(false)
  await settled()
  assert.deepEqual(second.ids(), ['a', 'b'])
})

test('a tab that has crashed is noticed ten seconds after its last announcement', async () => {
  const site = createSite()
  const second = await opened(site)
  const first = await opened(site)
  first.add('a')
  await settled()
  first.crash()
  await site.clock.advance(9999)
  assert.deepEqual(second.ids(), [])
  await site.clock.advance(1)
  assert.deepEqual(second.ids(), ['a'])
})

test('what a tab stored after its last announcement, under a lease that it never announced, is found when it falls silent', async () => {
  const site = createSite()
  const second = await opened(site)
  const first = await opened(site)
  const [a] = first.add('a')
  assert.ok(a, 'an entry')
  await site.clock.advance(graceMs)
  first.remove(a)
  // It lets go of its lease while nothing waits, and announces again only after three seconds.
  await site.clock.advance(2000)
  first.add('b')
  await site.clock.advance(graceMs)
  first.crash()
  await site.clock.advance(10_000)
  assert.deepEqual(second.ids(), ['b'])
})

test('of two tabs beside one that ends only one claims its messages, and the other those of both after that', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a')
  await settled()
  const [second, third] = [await opened(site), await opened(site)]
  first.end(false)
  await settled()
  const [winner, loser] = second.ids().length > 0 ? [second, third] : [third, second]
  assert.deepEqual([winner.ids(), loser.ids()], [['a'], []])
  winner.add('c')
  await settled()
  winner.end(false)
  await site.clock.advance(10_000)
  assert.deepEqual(loser.ids(), ['a', 'c'])
})

test('a message that the first claimer has settled does not reach the next one', async () => {
  const site = createSite()
  const first = await opened(site)
  const [a] = first.add('a', 'b')
  await settled()
  first.end(false)
  const second = await opened(site)
  for (const entry of [...second.entries()]) if (entry.key === a?.key) second.remove(entry)
  second.end(false)
  const third = await opened(site)
  await settled()
  assert.deepEqual([second.ids(), third.ids()], [['b'], ['b']])
})

test('a page that comes back has no more what another page settled, although only the journal held it', async () => {
  const site = createSite()
  const { add, begin, ids, end } = await opened(site, { trouble: { write: silent } })
  add('a', 'b')
  await settled()
  end(false)
  const other = await opened(site)
  for (const entry of [...other.entries()]) if (entry.message.messageId === 'a') other.remove(entry)
  await settled()
  other.end(false)
  await site.clock.advance(1)
  void begin()
  await settled()
  assert.deepEqual(ids(), ['b'])
})

test('a page with nothing waiting holds no lock', async () => {
  const site = createSite()
  await opened(site)
  await site.clock.advance(60_000)
  assert.equal(site.locks.size, 0)
})

test('a page acquires a lock as soon as something waits, and releases it one second after nothing does', async () => {
  const site = createSite()
  const { add, remove, capture } = await opened(site)
  const [a] = add('a')
  const captured = capture(message('b'))
  await settled()
  assert.deepEqual([...site.locks], [leaseOf(captured.key)])
  assert.ok(a, 'an entry')
  remove(a)
  await site.clock.advance(2000)
  assert.equal(site.locks.size, 1, 'a captured message waits still')
  remove(captured)
  await site.clock.advance(999)
  assert.equal(site.locks.size, 1)
  await site.clock.advance(1)
  assert.equal(site.locks.size, 0)
})

test('a call within the second keeps the lock, and the next release follows the last message', async () => {
  const site = createSite()
  const { add, remove } = await opened(site)
  const [a] = add('a')
  await settled()
  assert.ok(a, 'an entry')
  remove(a)
  await site.clock.advance(500)
  const [b] = add('b')
  await site.clock.advance(5000)
  assert.equal(site.locks.size, 1)
  assert.ok(b, 'an entry')
  assert.equal(leaseOf(b.key), leaseOf(a.key))
  remove(b)
  await site.clock.advance(1000)
  assert.equal(site.locks.size, 0)
})

test('messages of a later lease wait behind those of an earlier one, even where the clock was set back', async () => {
  const site = createSite()
  const { add, remove } = await opened(site)
  const [a] = add('a')
  await settled()
  assert.ok(a, 'an entry')
  remove(a)
  await site.clock.advance(2000)
  site.clock.jump(-3_600_000)
  const [b] = add('b')
  assert.ok(b, 'an entry')
  assert.equal(b.key > a.key, true)
})

test('a page releases what it has claimed when everything is settled', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a')
  await settled()
  first.end(false)
  const second = await opened(site)
  assert.equal(site.locks.size, 1)
  for (const entry of [...second.entries()]) second.remove(entry)
  await site.clock.advance(2000)
  assert.equal(site.locks.size, 0)
})

test('sixty leases of ended pages are claimed in one go, and their messages kept in order', async () => {
  const site = createSite()
  const ids = Array.from({ length: 60 }, (_, index) => `${index}`)
  const tabs: OutboxTab[] = []
  for (const id of ids) {
    const tab = await opened(site)
    tab.add(id)
    await settled()
    tabs.push(tab)
  }
  for (const tab of tabs) tab.crash()
  const next = await opened(site)
  assert.deepEqual(next.ids(), ids)
  assert.deepEqual([claimed(next), site.locks.size], [[`claimed ${ids}`], 60])
  assert.equal((next.database.calls.read ?? 0) <= 2, true, 'one walk through the database')
})
