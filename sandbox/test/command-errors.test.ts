import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../database/open.ts'
import { fails, folder, fresh } from './support/command.ts'

/** One sentence on one line: no stack. */
const oneSentence = (told: string): void => assert.match(told, /^[^\n]+\n$/)

test('a port in use: one sentence that says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const told = await fails('--port', String(port), '--data', fresh())
  other.close()
  oneSentence(told)
  assert.match(told, new RegExp(`Port ${port} is in use.*--port`))
})

for (const [name, args, names] of [
  ['an unknown option', ['--colour'], /--colour.*--port NUMBER/],
  ['a word that is no option', ['start'], /start.*--port NUMBER/],
  ['a port that is none', ['--port', 'http'], /"http"/],
  ['a port that is too high', ['--port', '70000'], /"70000"/],
  [
    'a host that is not there',
    ['--port', '0', '--host', '203.0.113.1', '--data', ':memory:'],
    /203\.0\.113\.1/,
  ],
  ['a folder as data file', ['--data', folder], /Cannot open the database/],
] as const) {
  test(`${name}: one sentence that names it`, async () => {
    const told = await fails(...args)
    oneSentence(told)
    assert.match(told, names)
  })
}

test('a data file that is none: one sentence that names it', async () => {
  const file = join(folder, 'none.db')
  writeFileSync(file, 'This is a letter, and no database at all. '.repeat(100))
  const told = await fails('--data', file)
  oneSentence(told)
  assert.match(told, /none\.db.*not a database/)
})

test('a data file of a newer sandbox: one sentence', async () => {
  const file = fresh()
  const db = openDatabase(file)
  db.exec('PRAGMA user_version = 99')
  db.close()
  const told = await fails('--data', file)
  oneSentence(told)
  assert.match(told, /newer version/)
})
