import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../database/open.ts'
import { fails, folder, fresh } from './support/command.ts'

/** One sentence on one line: no stack. */
const oneSentence = (printed: string): void => assert.match(printed, /^[^\n]+\n$/)

test('a port in use: the command prints one sentence that says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const printed = await fails('--port', String(port), '--data', fresh())
  other.close()
  oneSentence(printed)
  assert.match(printed, new RegExp(`Port ${port} is in use.*--port`))
})

for (const [name, args, names] of [
  ['an unknown option', ['--colour'], /--colour.*--port NUMBER/],
  ['a word instead of an option', ['start'], /start.*--port NUMBER/],
  ['a port that is no number', ['--port', 'http'], /"http"/],
  ['a port that is too high', ['--port', '70000'], /"70000"/],
  [
    'a host of another machine',
    ['--port', '0', '--host', '203.0.113.1', '--data', ':memory:'],
    /203\.0\.113\.1/,
  ],
  ['a folder as data file', ['--data', folder], /Cannot open the database/],
] as const) {
  test(`${name}: the command prints one sentence that names it`, async () => {
    const printed = await fails(...args)
    oneSentence(printed)
    assert.match(printed, names)
  })
}

test('a data file that is no database: the command prints one sentence that names it', async () => {
  const file = join(folder, 'none.db')
  writeFileSync(file, 'This is a letter, and no database at all. '.repeat(100))
  const printed = await fails('--data', file)
  oneSentence(printed)
  assert.match(printed, /none\.db.*not a database/)
})

test('a data file of a newer sandbox: the command prints one sentence', async () => {
  const file = fresh()
  const db = openDatabase(file)
  db.exec('PRAGMA user_version = 99')
  db.close()
  const printed = await fails('--data', file)
  oneSentence(printed)
  assert.match(printed, /newer version/)
})
