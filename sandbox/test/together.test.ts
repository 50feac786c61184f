import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../database/open.ts'
import { createTogether } from '../database/together.ts'

/** A database with a table of its own. */
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

test('what is asked for in one turn is done in order, each with its own result', async () => {
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

test('one that fails leaves nothing behind, and the others as they are', async () => {
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

test('nobody is told that it is done before it is committed', async () => {
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

test('what is asked for meanwhile comes next', async () => {
  const { together, note, notes } = open()
  let later: Promise<void> | undefined
  await together(() => {
    note('a')
    later = together(() => note('b'))
  })
  await later
  assert.deepEqual(notes(), ['a', 'b'])
})
