import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createEntry, type Entry } from '../../lib/delivery/entry.ts'
import { graceMs } from '../../lib/delivery/grace.ts'
import { createWriteBehind } from '../../lib/delivery/write-behind.ts'
import { createClock, minute, settled } from '../support/clock.ts'
import { messageOf } from '../support/message.ts'
import {
  createDatabase,
  createJournal,
  failing,
  once,
  silent,
  type Troubles,
  waiting,
} from '../support/storage.ts'

function createStores(trouble: Troubles = {}) {
  const clock = createClock()
  const lines = new Map<string, string>()
  const texts = new Map<string, string>()
  const database = createDatabase(texts, trouble)
  const journal = createJournal(lines, new Set())
  let writesOfNew = 0
  const writeBehind = createWriteBehind(
    { journal, database, time: clock },
    async () => void writesOfNew++,
    undefined,
  )
  return { writeBehind, clock, journal, database, lines, texts, writesOfNew: () => writesOfNew }
}

function entryOf(id: string): Entry {
  const key = `userengage:1:e:k:lease:${id}:0zz:track`
  return { ...createEntry(key, messageOf(id), { expiresAt: 0, isClaimed: false }), state: 'waiting' }
}

test('an entry is in the journal at once, and soon in the database only', async () => {
  const { writeBehind, lines, texts } = createStores()
  const entry = entryOf('a')
  writeBehind.journal(entry)
  writeBehind.store(entry)
  assert.deepEqual(
    [[...lines.keys()], entry.isJournaled, writeBehind.isWritten()],
    [[entry.key], true, false],
  )
  await settled()
  assert.deepEqual([lines.size, [...texts.keys()]], [0, [entry.key]])
  assert.deepEqual([entry.isJournaled, entry.isStored, writeBehind.isWritten()], [false, true, true])
})

/** An entry whose request is in flight. */
function sent({ writeBehind }: ReturnType<typeof createStores>, id: string, given?: Partial<Entry>): Entry {
  const entry: Entry = { ...entryOf(id), state: 'sending', ...given }
  writeBehind.journal(entry)
  writeBehind.store(entry)
  return entry
}

test('an entry whose request is in flight is stored after a moment, unless it is settled by then', async () => {
  const stores = createStores()
  const { writeBehind, clock, lines, texts, database } = stores
  const a = sent(stores, 'a')
  await clock.advance(graceMs - 1)
  assert.deepEqual([[...lines.keys()], texts.size], [[a.key], 0])
  writeBehind.remove(a)
  assert.equal(writeBehind.isWritten(), true)
  await clock.advance(minute)
  assert.deepEqual([lines.size, database.calls], [0, {}])
  sent(stores, 'b')
  await clock.advance(graceMs)
  assert.deepEqual([lines.size, texts.size, database.calls.write], [0, 1, 1])
})

test('that moment begins anew with each entry', async () => {
  const stores = createStores()
  const { writeBehind, clock, texts } = stores
  const a = sent(stores, 'a')
  await clock.advance(graceMs - 1)
  writeBehind.remove(a)
  const b = sent(stores, 'b')
  await clock.advance(graceMs - 1)
  assert.equal(texts.size, 0)
  await clock.advance(1)
  assert.equal(texts.has(b.key), true)
})

for (const [what, given, then] of [
  ['whose request fails', {}, 'fails'],
  ['behind which another waits', {}, 'another'],
  ['that another page left', { isClaimed: true }, ''],
  ['whose request is over', { state: 'pausing' }, ''],
] as const) {
  test(`an entry ${what} is stored at once`, async () => {
    const stores = createStores()
    const entry = sent(stores, 'a', given)
    await settled()
    if (then === 'another') stores.writeBehind.store(entryOf('b'))
    if (then === 'fails') {
      entry.state = 'pausing'
      stores.writeBehind.hurry()
    }
    await settled()
    assert.equal(stores.texts.has(entry.key), true)
  })
}

test('what only memory has is stored at once, and so is what a full journal has', async () => {
  const [first, second] = [createStores(), createStores()]
  first.journal.isFull = true
  second.journal.roomAtRest = 0
  for (const stores of [first, second]) {
    sent(stores, 'a')
    await settled()
    assert.equal(stores.texts.size, 1)
  }
})

test('a delete does not have the database take what is in flight', async () => {
  const stores = createStores()
  const { writeBehind, texts } = stores
  const a = entryOf('a')
  writeBehind.store(a)
  await settled()
  sent(stores, 'b')
  writeBehind.remove(a)
  await settled()
  assert.equal(texts.size, 0)
})

test('a page that has ended writes nothing that its journal has: it is for others to settle', async () => {
  const stores = createStores()
  const { key } = sent(stores, 'a')
  stores.writeBehind.end()
  await stores.clock.advance(minute)
  assert.deepEqual([[...stores.lines.keys()], stores.texts.size], [[key], 0])
})

test('puts and deletes of one task are one transaction', async () => {
  const { writeBehind, database, texts, writesOfNew } = createStores()
  const [a, b] = [entryOf('a'), entryOf('b')]
  writeBehind.store(a)
  await settled()
  writeBehind.remove(a)
  writeBehind.store(b)
  await settled()
  assert.deepEqual([[...texts.keys()], database.calls.write, writesOfNew()], [[b.key], 2, 2])
})

test('a write that deletes only does not have the queue counted', async () => {
  const { writeBehind, writesOfNew } = createStores()
  const a = entryOf('a')
  writeBehind.store(a)
  await settled()
  writeBehind.remove(a)
  await settled()
  assert.equal(writesOfNew(), 1)
})

test('an entry whose write failed is written once more, without those that were settled meanwhile', async () => {
  const { writeBehind, texts, database } = createStores({ write: once(failing) })
  const [a, b] = [entryOf('a'), entryOf('b')]
  writeBehind.store(a)
  writeBehind.store(b)
  a.state = 'settled'
  await settled()
  assert.deepEqual([[...texts.keys()], database.calls.write], [[b.key], 2])
})

test('as the page ends, the journal marks what the database has still to delete', async () => {
  const { writeBehind, database, lines } = createStores()
  const a = entryOf('a')
  writeBehind.store(a)
  await settled()
  database.trouble.write = silent
  writeBehind.remove(a)
  writeBehind.removeForeign('userengage:1:e:k:other:a:0zz:track')
  writeBehind.end()
  assert.deepEqual(
    [...lines],
    [
      [a.key, ''],
      ['userengage:1:e:k:other:a:0zz:track', ''],
    ],
  )
})

test('an abandoned entry stays in the storage', async () => {
  const { writeBehind, lines, texts } = createStores()
  const a = entryOf('a')
  writeBehind.journal(a)
  writeBehind.store(a)
  writeBehind.abandon(a)
  await settled()
  assert.deepEqual([[...lines.keys()], texts.size], [[a.key], 0])
})

test('a key of another session counts as removed for a minute', async () => {
  const { writeBehind, clock } = createStores()
  writeBehind.removeForeign('k')
  await clock.advance(minute - 1)
  assert.equal(writeBehind.isRemoved('k'), true)
  await clock.advance(1)
  assert.equal(writeBehind.isRemoved('k'), false)
})

test('a key of another session counts as removed for as long as the database has not deleted it', async () => {
  const { writeBehind, clock } = createStores({ write: silent })
  writeBehind.removeForeign('k')
  await clock.advance(10 * minute)
  assert.equal(writeBehind.isRemoved('k'), true)
})

test('memory does not grow with settled entries', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const { writeBehind, clock } = createStores()
  let calls = 0
  const settle = async (count: number): Promise<number> => {
    for (let entry = 0; entry < count; entry += 100) {
      const entries = Array.from({ length: 100 }, () => entryOf(`${calls++}`))
      for (const each of entries) writeBehind.journal(each)
      for (const each of entries) writeBehind.store(each)
      await settled()
      for (const each of entries) writeBehind.remove(each)
      await settled()
    }
    await clock.advance(10 * minute)
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  await settle(2000)
  const before = await settle(1000)
  const bytes = ((await settle(10_000)) - before) / 10_000
  assert.equal(bytes < 40, true, `each settled entry keeps ${bytes} bytes`)
})

test('a page that is frozen while the database is being opened stores nothing as it thaws: others may have settled it', async () => {
  const opening = waiting()
  const { writeBehind, lines, texts } = createStores({ write: opening.trouble })
  for (const id of ['a', 'b']) {
    const entry = entryOf(id)
    writeBehind.journal(entry)
    writeBehind.store(entry)
    await settled()
  }
  writeBehind.end()
  // The next page delivers both.
  lines.clear()
  opening.end()
  await settled()
  assert.deepEqual([lines.size, texts.size], [0, 0])
})

test('what a database cannot delete is not tried at once again while the next message is in flight', async () => {
  const stores = createStores()
  const { writeBehind, clock, database } = stores
  const a = entryOf('a')
  writeBehind.journal(a)
  writeBehind.store(a)
  await settled()
  database.trouble.write = failing
  sent(stores, 'b')
  writeBehind.remove(a)
  for (let turn = 0; turn < 20; turn++) await settled()
  assert.equal(database.calls.write, 2)
  await clock.advance(graceMs)
  // The message in flight gets its two transactions.
  assert.equal(database.calls.write, 4)
})
