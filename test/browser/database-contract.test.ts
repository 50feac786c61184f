import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import { openDatabase } from '../../lib/browser/indexed-db.ts'
import type { Database } from '../../lib/delivery/ports.ts'
import { createDatabase } from '../support/storage.ts'

const spareNone = (): boolean => false
const key = (name: string, type = 'track', queue = 'k', expires = '0zz'): string =>
  `userengage:1:e:${queue}:lease:${name}:${expires}:${type}`
const prefix = 'userengage:1:e:k:'
const none: ReadonlySet<string> = new Set()
const textsOf = (keys: readonly string[]): Map<string, string> =>
  new Map(keys.map((key) => [key, `text of ${key}`]))
const put = (database: Database, ...keys: string[]): Promise<void> => database.write(textsOf(keys), none)
const nameOf = (key: string): string => key.split(':')[5] ?? ''

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
    await put(database, ...keys)
    return database
  }

  test(`${what} gives back what it was given, in the order of the keys`, async () => {
    const database = open()
    await database.write(
      new Map([
        [key('b'), '2'],
        [key('a'), '1\ud800🦊'],
      ]),
      none,
    )
    assert.deepEqual(await database.read(prefix, '', 100), [
      [key('a'), '1\ud800🦊'],
      [key('b'), '2'],
    ])
    assert.deepEqual(await database.keys(), [key('a'), key('b')])
  })

  test(`${what} replaces a text that is written again`, async () => {
    const database = await filled(key('a'))
    await database.write(new Map([[key('a'), 'new']]), none)
    assert.deepEqual(await database.read(prefix, '', 100), [[key('a'), 'new']])
  })

  test(`${what} deletes and puts in one write, and may delete what is absent`, async () => {
    const database = await filled(key('a'), key('b'))
    await database.write(textsOf([key('c')]), new Set([key('a'), key('never')]))
    assert.deepEqual(await database.keys(), [key('b'), key('c')])
  })

  test(`${what} keeps a text that the same write deletes and puts`, async () => {
    const database = await filled(key('a'))
    await database.write(textsOf([key('a')]), new Set([key('a')]))
    assert.deepEqual(await database.keys(), [key('a')])
  })

  test(`${what} is empty at first`, async () => {
    const database = open()
    assert.deepEqual([await database.keys(), await database.read(prefix, '', 100)], [[], []])
    assert.deepEqual(await database.trim(prefix, 1, spareNone), [])
  })

  test(`${what} reads page by page`, async () => {
    const database = await filled(...['a', 'b', 'c', 'd', 'e'].map((name) => key(name)))
    const read = async (after: string, limit: number): Promise<string> =>
      (await database.read(prefix, after, limit)).map(([key]) => nameOf(key)).join('')
    assert.deepEqual(
      [await read('', 2), await read(key('b'), 2), await read(key('d'), 2), await read(key('e'), 2)],
      ['ab', 'cd', 'e', ''],
    )
  })

  test(`${what} reads one queue, and lists the keys of all of this format`, async () => {
    const [other, longer] = [key('a', 'track', 'other'), key('a', 'track', 'k2')]
    const database = await filled(key('a'), other, longer, 'userengage:2:x', 'x')
    assert.deepEqual(await database.read(prefix, '', 100), [[key('a'), `text of ${key('a')}`]])
    assert.deepEqual(
      (await database.read('userengage:1:', '', 100)).map(([key]) => key).sort(),
      [key('a'), longer, other].sort(),
    )
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
      const gone = await database.trim(prefix, max, (key) => spared.includes(nameOf(key)))
      assert.deepEqual(
        gone.map(([key, text]) => [nameOf(key), text]),
        trimmed.map((name) => [name, `text of ${keys.find((key) => nameOf(key) === name)}`]),
      )
      assert.deepEqual(
        (await database.read(prefix, '', 100)).map(([key]) => nameOf(key)),
        ['a', 'b', 'c', 'd', 'e'].filter((name) => !trimmed.includes(name as never)),
      )
      assert.equal((await database.keys()).includes(key('0', 'page', 'other')), true)
    })
  }

  test(`${what} trims what expires first, whatever the order of the keys`, async () => {
    const keys = ['05', '03', '04'].map((expires, index) => key(`${index}`, 'track', 'k', expires))
    const database = await filled(...keys)
    const gone = await database.trim(prefix, 1, spareNone)
    assert.deepEqual(
      gone.map(([key]) => nameOf(key)),
      ['1', '2'],
    )
  })

  test(`${what} keeps the marks that it would trim, and trims no message in their place`, async () => {
    const database = await filled(...['a', 'b', 'c', 'd', 'e'].map((name) => key(name)))
    await database.write(
      [key('a'), key('b')].map((name): [string, string] => [name, '']),
      new Set(),
    )
    const gone = [
      await database.trim(prefix, 3, spareNone),
      await database.trim(prefix, 2, spareNone),
      await database.trim(prefix, 2, spareNone),
    ]
    assert.deepEqual(
      gone.map((rows) => rows.map(([key]) => nameOf(key))),
      [[], ['c'], []],
    )
    assert.deepEqual((await database.keys()).map(nameOf), ['a', 'b', 'd', 'e'])
  })

  test(`${what} does what it was asked in order, although nobody waits for it`, async () => {
    const database = open()
    void put(database, key('a'))
    void database.write(new Map(), new Set([key('a')]))
    void put(database, key('b'))
    assert.deepEqual(await database.keys(), [key('b')])
  })
}

test('two pages share one IndexedDB, and the next finds what the first left', async () => {
  globalThis.indexedDB = new IDBFactory()
  const [one, other] = [openDatabase(), openDatabase()]
  await put(one, key('a'))
  assert.deepEqual(await other.keys(), [key('a')])
  await other.write(new Map(), new Set([key('a')]))
  assert.deepEqual(await openDatabase().keys(), [])
})

test('IndexedDB trims a thousand of two thousand', async () => {
  globalThis.indexedDB = new IDBFactory()
  const database = openDatabase()
  const keys = Array.from({ length: 2000 }, (_, index) => key(String(index).padStart(6, '0')))
  await put(database, ...keys)
  const trimmed = await database.trim(prefix, 1000, spareNone)
  assert.deepEqual(
    trimmed.map(([key]) => key),
    keys.slice(0, 1000),
  )
})

const deleteDatabase = (): Promise<string> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase('userengage')
    request.onsuccess = () => resolve('deleted')
    request.onblocked = () => resolve('blocked')
  })

test('the site may delete the IndexedDB at any time, and the next use opens it again', async () => {
  globalThis.indexedDB = new IDBFactory()
  const database = openDatabase()
  for (const name of ['a', 'b', 'c']) {
    await put(database, key(name))
    assert.deepEqual(await database.keys(), [key(name)])
    assert.equal(await deleteDatabase(), 'deleted')
  }
})

test('an IndexedDB that could not be opened once is opened by the next use', async () => {
  globalThis.indexedDB = undefined as never
  const database = openDatabase()
  await assert.rejects(database.keys())
  globalThis.indexedDB = new IDBFactory()
  await put(database, key('a'))
  assert.deepEqual(await database.keys(), [key('a')])
})

test('nothing opens the IndexedDB before its first use', async () => {
  globalThis.indexedDB = new IDBFactory()
  openDatabase()
  assert.deepEqual(await indexedDB.databases(), [])
})

const methods = (database: Database): [string, () => Promise<unknown>][] => [
  ['write', () => put(database, key('a'))],
  ['keys', () => database.keys()],
  ['read', () => database.read(prefix, '', 100)],
  ['trim', () => database.trim(prefix, 1, spareNone)],
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
