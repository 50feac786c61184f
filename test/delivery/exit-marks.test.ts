import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clearQueue } from '../../lib/delivery/clear-queue.ts'
import { createEntry, type Entry } from '../../lib/delivery/entry.ts'
import { createExitMarks } from '../../lib/delivery/exit-marks.ts'
import { createClock, settled } from '../support/clock.ts'
import { messageOf } from '../support/message.ts'
import { createSite } from '../support/site.ts'
import { createDatabase, createJournal, failing, silent } from '../support/storage.ts'

function entryOf(id: string): Entry {
  const key = `userengage:1:e:k:lease:${id}:0zz:track`
  return { ...createEntry(key, messageOf(id), { expiresAt: 0, isClaimed: false }), isJournaled: true }
}

function createMarks() {
  const lines = new Map<string, string>()
  const journal = createJournal(lines, new Set())
  return { lines, journal, marks: createExitMarks(journal) }
}

test('a scan erases the marks whose entries no storage has, and no other line', () => {
  const { lines, marks } = createMarks()
  const [a, b] = [entryOf('a'), entryOf('b')]
  marks.add(a)
  marks.add(b)
  lines.set('userengage:exits:2:of another version', '1')
  marks.sweep([a.key])
  assert.deepEqual([marks.read(a.key), marks.read(b.key), lines.size], [1, 0, 2])
})

test('clearing erases the marks of the journal’s entries within the task, whatever the database does', () => {
  const { lines, journal, marks } = createMarks()
  const entry = entryOf('a')
  journal.write(entry.key, '{}')
  marks.add(entry)
  const database = createDatabase(new Map(), { keys: silent })
  void clearQueue({ journal, database, time: createClock() }, marks, 'userengage:1:e:k', () => false)
  assert.deepEqual([...lines.keys()], [])
})

test('a page whose database cannot be read erases no mark', async () => {
  const site = createSite()
  const key = 'userengage:exits:1:e:k:lease:000000:0zz:track'
  site.stored.journal.set(key, '1')
  site.open([], { trouble: { keys: failing } })
  await settled()
  assert.equal(site.stored.journal.has(key), true)
  site.open()
  await settled()
  assert.equal(site.stored.journal.has(key), false)
})
