import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graceMs } from '../../lib/delivery/grace.ts'
import { minute, settled } from '../support/clock.ts'
import { createConnection } from '../support/line.ts'
import { createSite, type OutboxTab, type Site } from '../support/site.ts'
import { silent, sizeOf, type Troubles, waiting } from '../support/storage.ts'

async function opened(site: Site, maxMessages: number): Promise<OutboxTab> {
  await site.clock.advance(1)
  return site.outbox({ maxMessages })
}

for (const [first, second, evicted] of [
  [['a1', 'a2'], ['b1'], []],
  [['a1', 'a2'], ['b1', 'b2'], ['a1']],
  [['i1', 'a2'], ['b1', 'b2'], ['a2']],
  [['i1', 'i2'], ['b1', 'i3'], ['b1']],
  [['i1', 'i2'], ['i3', 'i4'], ['i1']],
] as const) {
  test(`of ${first} in one tab and ${second} in another, where three may wait, ${evicted.join() || 'none'} is evicted`, async () => {
    const site = createSite()
    const [one, other] = [await opened(site, 3), await opened(site, 3)]
    one.add(...first)
    await site.clock.advance(1)
    other.add(...second)
    await site.clock.advance(graceMs)
    const isEvicted = (id: string): boolean => (evicted as readonly string[]).includes(id)
    assert.deepEqual(
      other.told.filter((line) => line.startsWith('evicted')),
      evicted.map((id) => `evicted ${id}`),
    )
    assert.deepEqual(
      [one.ids(), other.ids()],
      [first.filter((id) => !isEvicted(id)), second.filter((id) => !isEvicted(id))],
      'the other tab lets go of what is evicted',
    )
    assert.equal(site.stored.database.size, [...first, ...second].length - evicted.length)
  })
}

test('a message in flight is not evicted, and takes no room from those that wait', async () => {
  const site = createSite()
  const { add, told, onFailure } = await opened(site, 2)
  const [a] = add('a', 'b')
  await site.clock.advance(graceMs)
  assert.ok(a, 'an entry')
  a.state = 'sending'
  add('c')
  await site.clock.advance(graceMs)
  assert.deepEqual(told, [])
  add('d')
  await site.clock.advance(graceMs)
  assert.deepEqual(told, ['evicted b'])
  a.state = 'waiting'
  onFailure()
  await site.clock.advance(graceMs)
  assert.deepEqual(told, ['evicted b', 'evicted a'])
})

test('a tab lets go of a message that another tab has evicted, even in flight', async () => {
  const site = createSite()
  const [one, other] = [await opened(site, 2), await opened(site, 2)]
  const [a] = one.add('a')
  await site.clock.advance(graceMs)
  assert.ok(a, 'an entry')
  a.state = 'sending'
  await site.clock.advance(1)
  other.add('b', 'c')
  await site.clock.advance(graceMs)
  assert.deepEqual([one.ids(), one.told.at(-1), other.told], [[], 'dropped elsewhere a', ['evicted a']])
})

test('a message that is settled already is not evicted', async () => {
  const site = createSite()
  const [one, other] = [await opened(site, 3), await opened(site, 3)]
  const [a] = one.add('a', 'b')
  other.add('c')
  await site.clock.advance(graceMs)
  const { trouble, end } = waiting()
  one.database.trouble.write = trouble
  one.add('d')
  await site.clock.advance(graceMs)
  assert.ok(a, 'an entry')
  one.remove(a)
  end()
  await settled()
  assert.deepEqual(
    one.told.filter((line) => line.endsWith(' a')),
    [],
  )
})

test('where a page ends as it makes room, the mark of a settled message stays as long as its line in the journal', async () => {
  const site = createSite()
  const dead = await opened(site, 2)
  dead.add('a')
  const [line = ['', '']] = site.stored.journal
  await settled()
  dead.crash()
  // A worker that has settled a message puts an empty text into the database: it cannot erase the journal.
  site.stored.journal.set(...line)
  site.stored.database.set(line[0], '')
  const trouble: Troubles = { read: silent }
  const full = await site.outbox({ maxMessages: 2, trouble })
  await site.clock.advance(1)
  trouble.trim = async () => full.crash()
  full.add('b', 'c', 'd')
  await site.clock.advance(graceMs)
  const next = await site.outbox()
  await site.clock.advance(1)
  assert.deepEqual(next.ids(), ['c', 'd'])
  assert.equal(site.stored.database.has(line[0]) || site.stored.journal.has(line[0]), false)
})

test('many calls in one task are one transaction of the database', async () => {
  const site = createSite()
  const { add, database } = await site.outbox()
  add(...Array.from({ length: 500 }, (_, index) => `${index}`))
  await site.clock.advance(graceMs)
  assert.equal(database.calls.write, 1)
})

test('new and settled messages of one task share a transaction', async () => {
  const site = createSite()
  const { add, remove, database } = await site.outbox()
  const [a] = add('a')
  await site.clock.advance(graceMs)
  assert.ok(a, 'an entry')
  remove(a)
  add('b')
  await site.clock.advance(graceMs)
  assert.equal(database.calls.write, 2)
})

test('one more message costs as many accesses to the storage where 10,000 wait as where 10 do', async () => {
  const accesses = async (count: number): Promise<unknown[]> => {
    const site = createSite()
    const { add, journal, database } = await site.outbox({ maxMessages: 20_000 })
    add(...Array.from({ length: count }, (_, index) => `${index}`))
    await site.clock.advance(graceMs)
    journal.calls = 0
    database.calls = {}
    add('a')
    await site.clock.advance(graceMs)
    return [journal.calls, database.calls]
  }
  assert.deepEqual(await accesses(10), [2, { write: 1, trim: 1 }])
  assert.deepEqual(await accesses(10_000), [2, { write: 1, trim: 1 }])
})

test('the journal may hold a burst until the database has it', async () => {
  const site = createSite()
  const { add, journal } = await site.outbox()
  journal.roomAtRest = 1000
  add(...Array.from({ length: 100 }, (_, index) => `${index}`))
  assert.equal(site.stored.journal.size, 100)
  await settled()
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 100])
})

test('where the database is silent, the journal is back within its room after a second, latest calls first', async () => {
  const site = createSite()
  const { add, ids, journal } = await site.outbox({ trouble: { write: silent } })
  journal.roomAtRest = 1000
  add(...Array.from({ length: 100 }, (_, index) => `${index}`))
  await site.clock.advance(999)
  assert.equal(site.stored.journal.size, 100)
  await site.clock.advance(1)
  assert.equal(sizeOf(site.stored.journal) <= 1000, true)
  const texts = [...site.stored.journal.values()].map((text) => JSON.parse(text).messageId)
  assert.deepEqual(
    texts,
    Array.from({ length: texts.length }, (_, index) => `${index}`),
  )
  assert.equal(texts.length > 0, true)
  assert.equal(ids().length, 100, 'memory holds them all')
})

test('nothing grows with the messages that are settled', async () => {
  const site = createSite()
  const { add, remove, entries, journal, database } = await site.outbox()
  const settle = async (): Promise<unknown[]> => {
    add(...Array.from({ length: 100 }, (_, index) => `${index}`))
    await settled()
    for (const entry of [...entries()]) remove(entry)
    await settled()
    journal.calls = 0
    database.calls = {}
    await site.clock.advance(minute)
    return [
      site.stored.journal.size,
      site.stored.database.size,
      site.locks.size,
      journal.calls,
      { ...database.calls },
    ]
  }
  const first = await settle()
  assert.deepEqual(first, [0, 0, 0, 0, {}])
  for (let round = 0; round < 5; round++) assert.deepEqual(await settle(), first)
})

test('ten thousand messages of closed pages are claimed, and cut to what may wait', async () => {
  const site = createSite()
  const connection = createConnection(true)
  const first = site.open([], { maxMessages: 20_000, connection })
  first.add(...Array.from({ length: 10_000 }, (_, index) => `${index}`))
  await settled()
  first.crash()
  await site.clock.advance(1)
  const { stats } = site.open([], { connection })
  await settled()
  assert.deepEqual([stats().queued, stats().dropped], [1000, { overflow: 9000 }])
  assert.equal(site.stored.database.size, 1000)
})
