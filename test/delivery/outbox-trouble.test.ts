import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entryKey, leaseName, queueName } from '../../lib/delivery/entry-key.ts'
import { graceMs } from '../../lib/delivery/grace.ts'
import type { MessageType } from '../../protocol/message.ts'
import { hour, settled } from '../support/clock.ts'
import { message } from '../support/message.ts'
import { createSite, queue, type Site } from '../support/site.ts'
import { all, failing, once, silent } from '../support/storage.ts'

const otherQueue = queueName('https://ue.example/', 'other')
const text = JSON.stringify(message('a'))

/** A key of a page that has ended. */
const keyOf = (site: Site, of = queue, type: MessageType = 'track', sequence = 0, age = 0): string =>
  entryKey(leaseName(of, site.clock.now() - 2 * hour, 0.5), {
    sequence,
    expires: site.clock.now() + hour - age,
    type,
  })

test('where the journal is full, the database holds a message', async () => {
  const site = createSite()
  const first = await site.outbox()
  first.journal.isFull = true
  const [entry] = first.add('a')
  assert.equal(entry?.isJournaled, false)
  await settled()
  assert.deepEqual([entry?.isStored, site.stored.database.size], [true, 1])
})

test('a write that failed once is tried once more', async () => {
  const site = createSite()
  const { add, log, database } = await site.outbox({ trouble: { write: once(failing) } })
  add('a', 'b')
  await site.clock.advance(graceMs)
  assert.deepEqual([database.calls.write, site.stored.database.size, site.stored.journal.size], [2, 2, 0])
  assert.match(log.join(), /writing failed: .*no room on the disk/)
})

test('where the database always fails, messages wait in the page and in the journal', async () => {
  const site = createSite()
  const first = await site.outbox({ trouble: { write: failing } })
  const [a] = first.add('a', 'b')
  await site.clock.advance(graceMs)
  assert.deepEqual([first.ids(), first.database.calls.write], [['a', 'b'], 2])
  assert.ok(a, 'an entry')
  first.remove(a)
  await settled()
  first.crash()
  await site.clock.advance(1)
  const next = await site.outbox({ trouble: { write: failing } })
  assert.deepEqual(next.ids(), ['b'])
})

for (const [what, trouble, waitMs] of [
  ['that cannot be opened', failing, 0],
  ['that stays silent for ever', silent, 2000],
] as const) {
  test(`with a database ${what}, messages are kept, settled and claimed all the same`, async () => {
    const site = createSite()
    const first = await site.outbox({ trouble: all(trouble) })
    const [a] = first.add('a', 'b', 'c')
    await settled()
    assert.ok(a, 'an entry')
    first.remove(a)
    assert.deepEqual(first.ids(), ['b', 'c'])
    first.end(false)
    await site.clock.advance(1)
    const next = await site.outbox({ trouble: all(trouble) })
    await site.clock.advance(waitMs)
    assert.deepEqual(next.ids(), ['b', 'c'])
    next.add('d')
    assert.deepEqual(next.ids(), ['b', 'c', 'd'])
  })
}

test('a database that answers late is claimed from when it does', async () => {
  const site = createSite()
  const first = await site.outbox()
  first.add('a')
  await site.clock.advance(graceMs)
  first.crash()
  await site.clock.advance(1)
  const next = await site.outbox({ trouble: { keys: () => site.clock.pause(5000) } })
  next.add('b')
  await site.clock.advance(4999)
  assert.deepEqual(next.ids(), ['b'])
  await site.clock.advance(1)
  assert.deepEqual(next.ids(), ['a', 'b'])
})

test('a database that cannot be opened is reported once, and leaves no marks in the journal', async () => {
  const site = createSite()
  const { add, remove, end, log } = await site.outbox({ trouble: all(failing) })
  const [a] = add('a')
  await settled()
  assert.ok(a, 'an entry')
  remove(a)
  await settled()
  end(false)
  assert.equal(log.filter((line) => line.startsWith('reading failed')).length, 1)
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
  '{"type":"track","messageId":"a","context":{}}',
  '{"type":"track","messageId":"a","timestamp":"t","context":null}',
  '{"type":"track","messageId":"a","timestamp":"t"}',
  text.slice(0, -1),
]) {
  for (const store of ['journal', 'database'] as const) {
    test(`the text ${edited} in the ${store} is removed, and disturbs nothing`, async () => {
      const site = createSite()
      const key = keyOf(site, queue, 'track', 0)
      site.stored[store].set(key, edited).set(keyOf(site, queue, 'track', 1), text)
      const { ids } = await site.outbox()
      await settled()
      assert.deepEqual([ids(), site.stored[store].has(key)], [['a'], false])
    })
  }
}

for (const key of [
  'userengage:1:',
  'userengage:1:junk',
  `${queue}:`,
  `${queue}:lease:`,
  `${queue}:lease:000000`,
  `${queue}:lease:000000:0zzzzzzzz:alias`,
  `${queue}:lease:000000:0zzzzzzzz:track:more`,
  `${queue}:lease:?:0zzzzzzzz:track`,
]) {
  for (const store of ['journal', 'database'] as const) {
    test(`the key ${key} in the ${store} is removed, and disturbs nothing`, async () => {
      const site = createSite()
      site.stored[store].set(key, text).set(keyOf(site), text)
      const { ids } = await site.outbox()
      await settled()
      assert.deepEqual([ids(), site.stored[store].has(key)], [['a'], false])
    })
  }
}

for (const store of ['journal', 'database'] as const) {
  test(`in the ${store}, messages of another queue, of a later version and of others are left alone`, async () => {
    const site = createSite()
    const keys = [
      keyOf(site, otherQueue),
      'ajs_user_id',
      'userengage:2:e:k:lease:000000:0zzzzzzzz:track',
      'userengage:wait:x',
    ]
    for (const key of keys) site.stored[store].set(key, text)
    const { ids } = await site.outbox()
    await settled()
    assert.deepEqual([ids(), [...site.stored[store].keys()]], [[], keys])
  })

  test(`in the ${store}, the messages of the first edition are claimed`, async () => {
    const site = createSite()
    const expires = (site.clock.now() + hour).toString(36).padStart(9, '0')
    site.stored[store].set(`${queue}:0mjuohs00-abcd1234:000000:${expires}:track`, text)
    const { ids } = await site.outbox()
    assert.deepEqual(ids(), ['a'])
  })
}

test('an expired message of another queue is claimed, to be dropped', async () => {
  const site = createSite()
  site.stored.database.set(keyOf(site, otherQueue, 'track', 0, 2 * hour), text)
  const { told } = site.open()
  await settled()
  assert.deepEqual([told, site.stored.database.size], [['dropped a expired'], 0])
})

test('an expired message of another queue does not keep the others from the page that they wait for', async () => {
  const site = createSite()
  site.stored.database.set(keyOf(site, otherQueue, 'track', 0, 2 * hour), text)
  site.stored.database.set(keyOf(site, otherQueue, 'track', 1), JSON.stringify(message('b')))
  site.open()
  await settled()
  const { told } = site.open([], { queue: otherQueue })
  await settled()
  assert.deepEqual(told, ['sent b', 'delivered b'])
})
