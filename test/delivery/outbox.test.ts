import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noDatabase, noHolds, noJournal } from '../../lib/delivery/memory-only.ts'
import { settled } from '../support/clock.ts'
import { message } from '../support/message.ts'
import { createSite, queue } from '../support/site.ts'

const junk = `${queue}:0mjuohs00-x:000000:0zzzzzzzz:track`

for (const [stores, given, isLasting] of [
  ['memory only', { journal: noJournal, database: noDatabase, holds: noHolds }, false],
  ['a journal only', { database: noDatabase }, true],
  ['a database only', { journal: noJournal }, true],
  ['journal and database', {}, true],
] as const) {
  const createOutbox = (site = createSite()) => site.outbox(given)

  test(`with ${stores}, messages wait in order`, async () => {
    const { add, ids, size } = await createOutbox()
    add('a', 'b')
    await settled()
    add('c')
    assert.deepEqual([ids(), size()], [['a', 'b', 'c'], 3])
  })

  test(`with ${stores}, a noted message does not wait before it is queued`, async () => {
    const { note, queue, ids, add } = await createOutbox()
    const noted = note(message('a'))
    add('b')
    assert.deepEqual([noted.phase, ids()], ['noted', ['b']])
    queue(noted)
    assert.deepEqual([noted.phase, ids()], ['waiting', ['b', 'a']])
  })

  test(`with ${stores}, what is removed is forgotten everywhere`, async () => {
    const site = createSite()
    const { add, note, remove, ids, close } = await createOutbox(site)
    const [a, , c] = add('a', 'b', 'c')
    assert.ok(a && c)
    remove(a)
    await settled()
    remove(c)
    remove(note(message('d')))
    await settled()
    assert.deepEqual(ids(), ['b'])
    close()
    const texts = [...site.stored.journal.values(), ...site.stored.database.values()]
    const kept = new Set(texts.filter((text) => text !== ''))
    assert.deepEqual([...kept], isLasting ? [JSON.stringify(message('b'))] : [])
  })

  test(`with ${stores}, the next page gets back ${isLasting ? 'what' : 'nothing that'} was left behind`, async () => {
    const site = createSite()
    const first = await createOutbox(site)
    first.add('a', 'b')
    await settled()
    first.crash()
    await site.clock.advance(1)
    const { ids, told } = await createOutbox(site)
    assert.deepEqual(ids(), isLasting ? ['a', 'b'] : [])
    assert.deepEqual(told, isLasting ? ['adopted 2'] : [])
  })

  test(`with ${stores}, what the next page has removed does not come back on the third`, async () => {
    const site = createSite()
    const first = await createOutbox(site)
    first.add('a', 'b')
    await settled()
    first.crash()
    await site.clock.advance(1)
    const second = await createOutbox(site)
    const [a] = second.waiting()
    if (a) second.remove(a)
    await settled()
    second.crash()
    await site.clock.advance(1)
    const third = await createOutbox(site)
    assert.deepEqual(third.ids(), isLasting ? ['b'] : [])
  })

  test(`with ${stores}, a page that comes back has what it had`, async () => {
    const site = createSite()
    const { add, begin, ids, life, close } = await createOutbox(site)
    add('a', 'b')
    await settled()
    close()
    life.abort()
    await site.clock.advance(1)
    void begin(new AbortController().signal)
    await settled()
    add('c')
    assert.deepEqual(ids(), ['a', 'b', 'c'])
  })

  test(`with ${stores}, junk is removed and disturbs nothing`, async () => {
    const site = createSite()
    const first = await createOutbox(site)
    first.add('a')
    await settled()
    first.crash()
    const used = [
      ...('journal' in given ? [] : [site.stored.journal]),
      ...('database' in given ? [] : [site.stored.database]),
    ]
    for (const store of used) store.set(junk, '<html>').set('userengage:1:junk', '{}')
    await site.clock.advance(1)
    const { add, ids, close } = await createOutbox(site)
    add('b')
    await settled()
    close()
    assert.deepEqual(ids(), isLasting ? ['a', 'b'] : ['b'])
    for (const store of used) assert.equal(store.get(junk) || undefined, undefined)
    for (const store of used) assert.equal(store.has('userengage:1:junk'), false)
  })
}
