import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { connect, type Database } from '../database/connection.ts'
import { migrate, newest } from '../database/migrations.ts'
import { openDatabase } from '../database/open.ts'
import { openStore } from '../database/store.ts'
import { folder } from './support/command.ts'

const versionOf = (db: Database): unknown =>
  (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
const schemaOf = (db: Database): unknown[] =>
  db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()

test('a new data file has the newest version, a write-ahead log and the demo app', () => {
  const file = join(folder, 'new.db')
  const db = openDatabase(file)
  assert.equal(versionOf(db), newest)
  assert.deepEqual(db.prepare('PRAGMA journal_mode').get(), { journal_mode: 'wal' })
  assert.deepEqual(db.prepare('SELECT id, api_key, token FROM apps').all(), [
    { id: 'demo', api_key: 'demo', token: 'demo-token' },
  ])
  db.close()
})

for (let version = 1; version < newest; version++) {
  test(`a data file of version ${version} migrates to version ${newest} and keeps its data`, () => {
    const file = join(folder, `old-${version}.db`)
    const old = connect(file)
    migrate(old, version)
    assert.equal(versionOf(old), version)
    old.exec("INSERT INTO apps (id, name, api_key, token) VALUES ('mine', 'Mine', 'k', 't')")
    old.exec(
      "INSERT INTO users (app, custom_id, first_seen) VALUES ('mine', 'ann', '2026-01-01T00:00:00.000Z')",
    )
    // From the third version on, an app's keys have a table of their own.
    if (version >= 3) old.exec("INSERT INTO api_keys (key, app) VALUES ('k', 'mine')")
    old.close()

    const store = openStore(file)
    assert.deepEqual(
      store.apps.all().map(({ id }) => id),
      ['demo', 'mine'],
    )
    assert.equal(store.users.profile('mine', 'ann')?.first_seen, '2026-01-01T00:00:00.000Z')
    assert.equal(store.apps.tokens.find('t')?.app, 'mine')
    assert.match(store.users.find('mine', 'ann')?.user_key ?? '', /^[0-9a-f]{12}$/)
    store.close()

    const db = openDatabase(file)
    const fresh = openDatabase(':memory:')
    assert.equal(versionOf(db), newest)
    assert.deepEqual(schemaOf(db), schemaOf(fresh))
    db.close()
    fresh.close()
  })
}

test('a failing migration leaves the data file unchanged', () => {
  const db = connect(join(folder, 'stuck.db'))
  migrate(db, 1)
  // A table of the same name makes the migration fail.
  db.exec('CREATE TABLE users_by_last_seen (id INTEGER)')
  const before = schemaOf(db)
  assert.throws(() => migrate(db), /users_by_last_seen/)
  assert.equal(versionOf(db), 1)
  assert.deepEqual(schemaOf(db), before)
  db.close()
})

test('opening a data file again changes nothing', () => {
  const file = join(folder, 'again.db')
  openDatabase(file).close()
  const db = openDatabase(file)
  const before = schemaOf(db)
  migrate(db)
  assert.deepEqual(schemaOf(db), before)
  db.close()
})
