import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../database/open.ts'
import { createTogether } from '../database/together.ts'

/** A database with one more table. */
function open() {
  const db = openDatabase(':memory:')
  db.exec('CREATE TABLE notes (text TEXT UNIQUE)')
  const insert = db.prepare('INSERT INTO notes (text) VALUES (?)')
  const all = db.prepare('SELECT text FROM notes ORDER BY rowid')
  return {
    db,
    together: createTogether(db),
    note: (text: string) => void insert.run(text),
    notes: () => (all.all() as { text: string }[]).map(({ text }) => text),
  }
}

test('work of one turn runs in order, each with its own result', async () => {
  const { together, note, notes } = open()
  const results = await Promise.all(
    ['a', 'b', 'c'].map((text) =>
      together(() => {
        note(text)
        return text.toUpperCase()
      }),
    ),
  )
  assert.deepEqual(results, ['A', 'B', 'C'])
  assert.deepEqual(notes(), ['a', 'b', 'c'])
})

test('failing work is rolled back alone', async () => {
  const { together, note, notes } = open()
  const results = await Promise.allSettled([
    together(() => note('a')),
    together(() => {
      note('b')
      throw new Error('broken')
    }),
    together(() => note('c')),
  ])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(notes(), ['a', 'c'])
})

test('no promise resolves before the commit', async () => {
  const { db, together, note, notes } = open()
  const failing = createTogether({
    ...db,
    transaction: (work) =>
      db.transaction(() => {
        work()
        throw new Error('disk full')
      }),
  })
  await assert.rejects(
    failing(() => note('a')),
    /disk full/,
  )
  assert.deepEqual(notes(), [])
  await together(() => note('b'))
  assert.deepEqual(notes(), ['b'])
})

test('work that is requested during a batch runs in the next one', async () => {
  const { together, note, notes } = open()
  let later: Promise<void> | undefined
  await together(() => {
    note('a')
    later = together(() => note('b'))
  })
  await later
  assert.deepEqual(notes(), ['a', 'b'])
})
