import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyQueue } from '../../lib/delivery/entry-key.ts'
import { createPostedTexts } from '../../lib/exit-worker/posted-texts.ts'
import { createDatabase } from '../support/storage.ts'

function createWorkerStorage(stored: [string, string][]) {
  const rows = new Map(stored)
  const posted = createPostedTexts()
  return { rows, posted, database: posted.marking(createDatabase(rows)) }
}

test('what pages post is in the journal until it is erased', () => {
  const { posted } = createWorkerStorage([])
  posted.add([
    { key: 'userengage:1:a', text: 'A', isJournaled: true },
    { key: 'userengage:1:b', text: '', isJournaled: false },
  ])
  const { journal } = posted
  assert.deepEqual(
    [journal.keys(everyQueue), journal.read('userengage:1:a')],
    [['userengage:1:a', 'userengage:1:b'], 'A'],
  )
  journal.erase('userengage:1:a')
  assert.deepEqual(
    [journal.keys(everyQueue), journal.read('userengage:1:a')],
    [['userengage:1:b'], undefined],
  )
})

test('a settled message leaves an empty text, whoever wrote it', async () => {
  const { rows, posted, database } = createWorkerStorage([
    ['userengage:1:a', 'A'],
    ['userengage:1:b', 'B'],
  ])
  posted.add([{ key: 'userengage:1:a', text: 'A', isJournaled: true }])
  // The journal lets go of it when the database has it.
  posted.journal.erase('userengage:1:a')
  await database.write(new Map([['userengage:1:c', 'C']]), new Set(['userengage:1:a', 'userengage:1:b']))
  assert.deepEqual(Object.fromEntries(rows), {
    'userengage:1:a': '',
    'userengage:1:b': '',
    'userengage:1:c': 'C',
  })
})

test('a message that is deleted because too many wait leaves an empty text, too', async () => {
  const { rows, posted, database } = createWorkerStorage([
    ['userengage:1:e:k:l:000000:000000001:track', 'A'],
    ['userengage:1:e:k:l:000001:000000002:track', 'B'],
  ])
  posted.add([{ key: 'userengage:1:e:k:l:000000:000000001:track', text: 'A', isJournaled: true }])
  const trimmed = await database.trim('userengage:1:e:k:', 1, () => false)
  assert.deepEqual(trimmed, [['userengage:1:e:k:l:000000:000000001:track', 'A']])
  assert.equal(rows.get('userengage:1:e:k:l:000000:000000001:track'), '')
})

test('a worker looks for nothing that no page has handed over', async () => {
  const { database } = createWorkerStorage([['userengage:1:a', 'A']])
  assert.deepEqual(await database.keys(), [])
  assert.deepEqual(await database.read('userengage:1:', '', 10), [['userengage:1:a', 'A']])
})

test('what a page finds elsewhere is forgotten as it begins; what only the worker has is not', () => {
  const { posted } = createWorkerStorage([])
  posted.add([
    { key: 'userengage:1:a', text: 'A', isJournaled: true },
    { key: 'userengage:1:b', text: 'B', isJournaled: false },
  ])
  posted.forgetSaved()
  assert.deepEqual(posted.journal.keys(everyQueue), ['userengage:1:b'])
})

test('what no storage has is put into the database, and is forgotten as a page begins', async () => {
  const { rows, posted, database } = createWorkerStorage([])
  posted.add([
    { key: 'userengage:1:a', text: 'A', isJournaled: true },
    { key: 'userengage:1:b', text: 'B', isJournaled: false },
    { key: 'userengage:1:c', text: '', isJournaled: false },
  ])
  await posted.save(database)
  assert.deepEqual(Object.fromEntries(rows), { 'userengage:1:b': 'B' })
  posted.forgetSaved()
  assert.deepEqual(posted.journal.keys(everyQueue), ['userengage:1:c'])
})
