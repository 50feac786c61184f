import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entryKey, lifePrefix, queueName } from '../../lib/delivery/entry.ts'
import type { MessageType } from '../../protocol/message.ts'
import { hour, settled } from '../support/clock.ts'
import { message } from '../support/message.ts'
import { createSite, queue, type Site } from '../support/site.ts'
import { failing, once, silent } from '../support/storage.ts'

const otherQueue = queueName('https://ue.example/', 'other')
const text = JSON.stringify(message('a'))

/** A key of a page that has ended. */
const keyOf = (site: Site, of = queue, type: MessageType = 'track', sequence = 0, age = 0): string =>
  entryKey(lifePrefix(of, '0a-x'), { sequence, expires: site.clock.now() + hour - age, type })

test('a journal that is full leaves it to the database', async () => {
  const site = createSite()
  const first = await site.outbox()
  first.journal.isFull = true
  const [entry] = first.add('a')
  assert.equal(entry?.journaled, false)
  await settled()
  assert.deepEqual([entry?.stored, site.stored.database.size], [true, 1])
})

test('a database that fails once is asked once more', async () => {
  const site = createSite()
  const { add, log, database } = await site.outbox({ trouble: { put: once(failing) } })
  add('a')
  add('b')
  await settled()
  assert.deepEqual([database.calls.put, site.stored.database.size, site.stored.journal.size], [2, 2, 0])
  assert.match(log.join(), /database: .*no room on the disk/)
})

test('where the database always fails, messages wait in the page and in the journal', async () => {
  const site = createSite()
  const first = await site.outbox({ trouble: { put: failing } })
  const [a] = first.add('a', 'b')
  await settled()
  assert.deepEqual([first.ids(), first.database.calls.put], [['a', 'b'], 2])
  assert.ok(a)
  first.remove(a)
  await settled()
  first.crash()
  await site.clock.advance(1)
  const next = await site.outbox({ trouble: { put: failing } })
  assert.deepEqual(next.ids(), ['b'])
})

for (const [what, trouble] of [
  ['that cannot be opened', failing],
  ['that stays silent for ever', silent],
] as const) {
  test(`with a database ${what}, messages are kept, settled and taken over all the same`, async () => {
    const site = createSite()
    const all = { keys: trouble, put: trouble, delete: trouble, read: trouble, has: trouble, trim: trouble }
    const first = await site.outbox({ trouble: all })
    const [a] = first.add('a', 'b', 'c')
    await settled()
    assert.ok(a)
    first.remove(a)
    assert.deepEqual(first.ids(), ['b', 'c'])
    first.close()
    first.life.abort()
    await site.clock.advance(1)
    const next = await site.outbox({ trouble: all })
    assert.deepEqual(next.ids(), ['b', 'c'])
    next.add('d')
    assert.deepEqual(next.ids(), ['b', 'c', 'd'])
  })
}

test('a database that cannot be opened is told once, and leaves no marks in the journal', async () => {
  const site = createSite()
  const { add, remove, close, log } = await site.outbox({
    trouble: { keys: failing, put: failing, delete: failing },
  })
  const [a] = add('a')
  await settled()
  assert.ok(a)
  remove(a)
  await settled()
  close()
  assert.equal(log.filter((line) => line.startsWith('no database')).length, 1)
  assert.equal(site.stored.journal.size, 0)
})

for (const edited of [
  'not json',
  '<!doctype html>',
  'null',
  '7',
  '[]',
  '{}',
  '{"type":"page","messageId":"a","timestamp":"t","context":{}}',
  '{"type":"track","timestamp":"t","context":{}}',
  '{"type":"track","messageId":1,"timestamp":"t","context":{}}',
  '{"type":"track","messageId":"a","context":{}}',
  '{"type":"track","messageId":"a","timestamp":"t","context":null}',
  '{"type":"track","messageId":"a","timestamp":"t"}',
  text.slice(0, -1),
]) {
  for (const store of ['journal', 'database'] as const) {
    test(`the text ${edited} in the ${store} is removed, told, and disturbs nothing`, async () => {
      const site = createSite()
      const key = keyOf(site, queue, 'track', 0)
      site.stored[store].set(key, edited).set(keyOf(site, queue, 'track', 1), text)
      const { ids, log } = await site.outbox()
      assert.deepEqual([ids(), site.stored[store].has(key)], [['a'], false])
      assert.deepEqual(log, [`removed: ${key}`])
    })
  }
}

for (const key of [
  'userengage:1:',
  'userengage:1:junk',
  `${queue}:`,
  `${queue}:life:`,
  `${queue}:life:000000`,
  `${queue}:life:000000:0zzzzzzzz:alias`,
  `${queue}:life:000000:0zzzzzzzz:track:more`,
  `${queue}:life:?:0zzzzzzzz:track`,
]) {
  for (const store of ['journal', 'database'] as const) {
    test(`the key ${key} in the ${store} is removed and disturbs nothing`, async () => {
      const site = createSite()
      site.stored[store].set(key, text).set(keyOf(site), text)
      const { ids } = await site.outbox()
      assert.deepEqual([ids(), site.stored[store].has(key)], [['a'], false])
    })
  }
}

test('what another queue keeps, and what is not ours, is left alone', async () => {
  for (const store of ['journal', 'database'] as const) {
    const site = createSite()
    const [key, foreign] = [keyOf(site, otherQueue), 'ajs_user_id']
    site.stored[store].set(key, text).set(foreign, 'x')
    const { ids } = await site.outbox()
    assert.deepEqual([ids(), [...site.stored[store].keys()]], [[], [key, foreign]])
  }
})

test('what is too old under another queue is taken over, to be dropped', async () => {
  const site = createSite()
  site.stored.database.set(keyOf(site, otherQueue, 'track', 0, 2 * hour), text)
  const { told } = site.open()
  await settled()
  assert.deepEqual([told, site.stored.database.size], [['dropped a expired'], 0])
})

test('what is too old under another queue does not keep the rest from the page that it waits for', async () => {
  const site = createSite()
  site.stored.database.set(keyOf(site, otherQueue, 'track', 0, 2 * hour), text)
  site.stored.database.set(keyOf(site, otherQueue, 'track', 1), JSON.stringify(message('b')))
  site.open()
  await settled()
  const { told } = site.open([], { queue: otherQueue })
  await settled()
  assert.deepEqual(told, ['sent b', 'delivered b'])
})
