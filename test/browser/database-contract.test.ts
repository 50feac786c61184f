import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import { openDatabase } from '../../lib/browser/indexed-db.ts'
import type { Database } from '../../lib/delivery/ports.ts'
import { createDatabase } from '../support/storage.ts'

const spareNone = (): boolean => false
const key = (name: string, type = 'track', queue = 'k'): string =>
  `userengage:1:e:${queue}:life:${name}:0zz:${type}`
const under = 'userengage:1:e:k:'

for (const [what, create] of [
  ['IndexedDB', openDatabase],
  ['the fake of the tests', () => createDatabase(new Map())],
] as const) {
  const open = (): Database => {
    globalThis.indexedDB = new IDBFactory()
    return create()
  }
  const filled = async (...keys: string[]): Promise<Database> => {
    const database = open()
    await database.put(new Map(keys.map((key) => [key, `text of ${key}`])))
    return database
  }

  test(`${what} gives back what was put, in the order of the keys`, async () => {
    const database = open()
    await database.put(
      new Map([
        [key('b'), '2'],
        [key('a'), '1\ud800🦊'],
      ]),
    )
    assert.deepEqual(await database.read(under), [
      [key('a'), '1\ud800🦊'],
      [key('b'), '2'],
    ])
    assert.deepEqual(await database.keys(), [key('a'), key('b')])
    assert.deepEqual([await database.has(key('a')), await database.has(key('c'))], [true, false])
  })

  test(`${what} replaces what is put again`, async () => {
    const database = await filled(key('a'))
    await database.put(new Map([[key('a'), 'new']]))
    assert.deepEqual(await database.read(under), [[key('a'), 'new']])
  })

  test(`${what} forgets what is deleted, and is content with what is not there`, async () => {
    const database = await filled(key('a'), key('b'))
    await database.delete(new Set([key('a'), key('never')]))
    assert.deepEqual(await database.keys(), [key('b')])
  })

  test(`${what} has nothing to do with nothing`, async () => {
    const database = open()
    await database.put(new Map())
    await database.delete(new Set())
    assert.deepEqual([await database.keys(), await database.read(under)], [[], []])
    assert.deepEqual(await database.trim(under, 1, spareNone), [])
  })

  test(`${what} reads one queue, and lists the keys of all of this format`, async () => {
    const [other, longer] = [key('a', 'track', 'other'), key('a', 'track', 'k2')]
    const database = await filled(key('a'), other, longer, 'userengage:2:x', 'x')
    assert.deepEqual(await database.read(under), [[key('a'), `text of ${key('a')}`]])
    assert.deepEqual((await database.keys()).sort(), [key('a'), longer, other].sort())
  })

  for (const [max, spared, trimmed] of [
    [5, '', []],
    [4, '', ['b']],
    [2, '', ['b', 'c', 'e']],
    [1, '', ['b', 'c', 'e', 'a']],
    [4, 'b', ['c']],
    [1, 'bc', ['e', 'a', 'd']],
    [0, 'abcde', []],
  ] as const) {
    test(`${what} trims five to ${max}${spared && ` but ${spared}`}: ${trimmed.join() || 'none'} goes`, async () => {
      const keys = ['a', 'b', 'c', 'd', 'e'].map((name) =>
        key(name, 'ad'.includes(name) ? 'identify' : 'page'),
      )
      const database = await filled(...keys, key('0', 'page', 'other'))
      const nameOf = (key: string): string => key.split(':')[5] ?? ''
      const gone = await database.trim(under, max, (key) => spared.includes(nameOf(key)))
      assert.deepEqual(
        gone.map(([key, text]) => [nameOf(key), text]),
        trimmed.map((name) => [name, `text of ${keys.find((key) => nameOf(key) === name)}`]),
      )
      assert.deepEqual(
        (await database.read(under)).map(([key]) => nameOf(key)),
        ['a', 'b', 'c', 'd', 'e'].filter((name) => !trimmed.includes(name as never)),
      )
      assert.equal(await database.has(key('0', 'page', 'other')), true)
    })
  }

  test(`${what} does what it was asked in order, though nobody waits`, async () => {
    const database = open()
    void database.put(new Map([[key('a'), '1']]))
    void database.delete(new Set([key('a')]))
    void database.put(new Map([[key('b'), '2']]))
    assert.deepEqual(await database.keys(), [key('b')])
  })
}

test('two pages share one IndexedDB, and the next finds what the first left', async () => {
  globalThis.indexedDB = new IDBFactory()
  const [one, other] = [openDatabase(), openDatabase()]
  await one.put(new Map([[key('a'), '1']]))
  assert.equal(await other.has(key('a')), true)
  await other.delete(new Set([key('a')]))
  assert.deepEqual(await openDatabase().keys(), [])
})

test('IndexedDB trims a thousand of two thousand', async () => {
  globalThis.indexedDB = new IDBFactory()
  const database = openDatabase()
  const keys = Array.from({ length: 2000 }, (_, index) => key(String(index).padStart(6, '0')))
  await database.put(new Map(keys.map((key) => [key, 'x'])))
  const trimmed = await database.trim(under, 1000, spareNone)
  assert.deepEqual(
    trimmed.map(([key]) => key),
    keys.slice(0, 1000),
  )
})

const methods = (database: Database): [string, () => Promise<unknown>][] => [
  ['put', () => database.put(new Map([[key('a'), '1']]))],
  ['delete', () => database.delete(new Set([key('a')]))],
  ['has', () => database.has(key('a'))],
  ['keys', () => database.keys()],
  ['read', () => database.read(under)],
  ['trim', () => database.trim(under, 1, spareNone)],
]

for (const [what, indexedDB] of [
  ['missing', undefined],
  [
    'forbidden',
    {
      open: () => {
        throw new DOMException('no', 'SecurityError')
      },
    },
  ],
  [
    'broken',
    {
      open() {
        const request = Object.assign(new EventTarget(), { error: new DOMException('no', 'UnknownError') })
        queueMicrotask(() => (request as { onerror?(): void }).onerror?.())
        return request
      },
    },
  ],
] as const) {
  test(`where IndexedDB is ${what}, every method rejects and none throws`, async () => {
    globalThis.indexedDB = indexedDB as never
    const database = openDatabase()
    for (const [name, method] of methods(database)) {
      await assert.rejects(method(), `${name} rejects`)
    }
  })
}
