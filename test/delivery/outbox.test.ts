import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database, Journal } from '../../lib/delivery/ports.ts'
import { settled } from '../support/clock.ts'
import { message } from '../support/message.ts'
import { createSite, queue } from '../support/site.ts'
import { sizeOf } from '../support/storage.ts'

const junk = `${queue}:0mjuohs00-x:000000:0zzzzzzzz:track`

/** A browser that forbids `localStorage`, and one that forbids IndexedDB. */
const noJournal: Journal = {
  write: () => false,
  read: () => undefined,
  erase() {},
  keys: () => [],
  isOverfull: () => false,
  watch() {},
}
const forbidden = (): Promise<never> => Promise.reject(new Error('forbidden'))
const noDatabase: Database = { write: forbidden, keys: forbidden, read: forbidden, trim: forbidden }

for (const [what, given, isLasting] of [
  ['memory only', { storage: undefined }, false],
  ['a journal only', { storage: { database: noDatabase } }, true],
  ['a database only', { storage: { journal: noJournal } }, true],
  ['journal and database', {}, true],
] as const) {
  const createOutbox = (site = createSite()) => site.outbox(given)

  test(`with ${what}, messages wait in order`, async () => {
    const { add, ids, size } = await createOutbox()
    add('a', 'b')
    await settled()
    add('c')
    assert.deepEqual([ids(), size()], [['a', 'b', 'c'], 3])
  })

  test(`with ${what}, a captured message does not wait before it is enqueued`, async () => {
    const { capture, persist, enqueue, ids, add } = await createOutbox()
    const captured = capture(message('a'))
    persist(captured)
    add('b')
    assert.deepEqual([captured.state, ids()], ['captured', ['b']])
    enqueue(captured)
    assert.deepEqual([captured.state, ids()], ['waiting', ['b', 'a']])
  })

  test(`with ${what}, a removed message is forgotten everywhere`, async () => {
    const site = createSite()
    const { add, capture, persist, remove, ids, end } = await createOutbox(site)
    const [a, , c] = add('a', 'b', 'c')
    assert.ok(a && c, 'entries')
    remove(a)
    await settled()
    remove(c)
    const d = capture(message('d'))
    persist(d)
    remove(d)
    await settled()
    assert.deepEqual(ids(), ['b'])
    end(false)
    const texts = [...site.stored.journal.values(), ...site.stored.database.values()]
    const kept = new Set(texts.filter((text) => text !== ''))
    assert.deepEqual([...kept], isLasting ? [JSON.stringify(message('b'))] : [])
  })

  test(`with ${what}, the next page gets back ${isLasting ? 'everything' : 'nothing'} after a crash`, async () => {
    const site = createSite()
    const first = await createOutbox(site)
    first.add('a', 'b')
    await settled()
    first.crash()
    await site.clock.advance(1)
    const { ids, told } = await createOutbox(site)
    assert.deepEqual(ids(), isLasting ? ['a', 'b'] : [])
    assert.deepEqual(told, isLasting ? ['claimed a,b'] : [])
  })

  test(`with ${what}, a message that the next page has removed does not come back on the third`, async () => {
    const site = createSite()
    const first = await createOutbox(site)
    first.add('a', 'b')
    await settled()
    first.crash()
    await site.clock.advance(1)
    const second = await createOutbox(site)
    const [a] = second.entries()
    if (a) second.remove(a)
    await settled()
    second.crash()
    await site.clock.advance(1)
    const third = await createOutbox(site)
    assert.deepEqual(third.ids(), isLasting ? ['b'] : [])
  })

  test(`with ${what}, a page that comes back has what it had`, async () => {
    const site = createSite()
    const { add, begin, ids, end } = await createOutbox(site)
    add('a', 'b')
    await settled()
    end(false)
    await site.clock.advance(1)
    void begin()
    await settled()
    add('c')
    assert.deepEqual(ids(), ['a', 'b', 'c'])
  })

  test(`with ${what}, junk is removed and disturbs nothing`, async () => {
    const site = createSite()
    const first = await createOutbox(site)
    first.add('a')
    await settled()
    first.crash()
    const used = [
      ...(what === 'a database only' || what === 'memory only' ? [] : [site.stored.journal]),
      ...(what === 'a journal only' || what === 'memory only' ? [] : [site.stored.database]),
    ]
    for (const store of used) store.set(junk, '<html>').set('userengage:1:junk', '{}')
    await site.clock.advance(1)
    const { add, ids, end } = await createOutbox(site)
    add('b')
    await settled()
    end(false)
    assert.deepEqual(ids(), isLasting ? ['a', 'b'] : ['b'])
    for (const store of used) assert.equal(store.get(junk) || undefined, undefined)
    for (const store of used) assert.equal(store.get('userengage:1:junk') || undefined, undefined)
  })
}

test('a page that is prerendered stores nothing before it begins, and then everything in order', async () => {
  const site = createSite()
  const tab = site.open([], { isPrerendered: true })
  tab.capture(message('a'))
  tab.add('b', 'c')
  await site.clock.advance(10_000)
  assert.deepEqual([sizeOf(site.stored.journal), sizeOf(site.stored.database), site.locks.size], [0, 0, 0])
  assert.deepEqual([tab.line.sent, tab.channel.posted], [[], []])
  tab.begin()
  await settled()
  assert.deepEqual(tab.line.sent, ['b', 'c'])
  tab.crash()
  const next = site.open()
  await settled()
  assert.deepEqual(next.line.sent, ['a'], 'the captured message was stored as the page began')
})

test('a page that is prerendered and then never shown leaves nothing behind', async () => {
  const site = createSite()
  const tab = site.open([], { isPrerendered: true, storage: {} })
  tab.add('a')
  await settled()
  tab.crash()
  assert.deepEqual([sizeOf(site.stored.journal), sizeOf(site.stored.database), site.locks.size], [0, 0, 0])
})
