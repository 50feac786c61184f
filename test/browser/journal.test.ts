import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { createJournal } from '../../lib/browser/journal.ts'
import { everyQueue } from '../../lib/delivery/entry-key.ts'
import { byAnotherTab, FakeStorage, forbidStorage, installStorage } from '../support/browser.ts'

const [mostAtRest, mostInBurst] = [100_000, 1_000_000]
const key = (name: string | number): string => `userengage:1:e:k:lease:${name}`
const textOf = (size: number): string => 'x'.repeat(size - key('a').length)

let storage = installStorage()
beforeEach(() => {
  storage = installStorage()
})

test('the journal reads, lists and erases what was written', () => {
  const { write, read, erase, keys } = createJournal()
  assert.equal(write(key('a'), '1'), true)
  assert.equal(write(key('b'), ''), true)
  assert.deepEqual([read(key('a')), read(key('b')), read(key('c'))], ['1', '', undefined])
  assert.deepEqual(keys(everyQueue), [key('a'), key('b')])
  write(key('a'), '2')
  assert.equal(read(key('a')), '2')
  erase(key('a'))
  erase(key('a'))
  assert.deepEqual([keys(everyQueue), read(key('a'))], [[key('b')], undefined])
})

test('keys of others, and of other versions, are not listed', () => {
  storage.setItem('ajs_user_id', 'u')
  storage.setItem('userengage:wait:x', '[]')
  storage.setItem('userengage:2:x', '')
  storage.setItem('userengage:exits:1:x', '1')
  assert.deepEqual(createJournal().keys(everyQueue), [])
})

test('the journal lists what an earlier page wrote', () => {
  createJournal().write(key('a'), '1')
  assert.deepEqual(createJournal().keys(everyQueue), [key('a')])
})

test('a full storage refuses a line, and keeps the others', () => {
  const { write, read, keys } = createJournal()
  write(key('a'), '1')
  FakeStorage.room = storage.size() + 5
  assert.equal(write(key('b'), '1'), false)
  assert.equal(write(key('a'), '12345678'), false)
  assert.deepEqual([read(key('a')), keys(everyQueue)], ['1', [key('a')]])
  assert.equal(write(key('a'), '12'), true)
})

for (const [what, install] of [
  ['forbidden', forbidStorage],
  ['null', () => Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: null })],
] as const) {
  test(`where localStorage is ${what}, nothing is written and nothing throws`, () => {
    install()
    const { write, read, erase, keys } = createJournal()
    assert.equal(write(key('a'), '1'), false)
    erase(key('a'))
    assert.deepEqual([read(key('a')), keys(everyQueue)], [undefined, []])
  })
}

test('the journal never takes more than a million characters, keys and values together', () => {
  const { write } = createJournal()
  assert.equal(write(key('a'), textOf(mostInBurst)), true)
  assert.equal(storage.size(), mostInBurst)
  assert.equal(write(key('b'), ''), false)
  assert.equal(write(key('a'), textOf(mostInBurst + 1)), false)
  assert.equal(write(key('a'), textOf(mostInBurst - 1)), true)
  assert.equal(storage.size(), mostInBurst - 1)
})

test('the journal is overfull when it takes more than 100,000 characters', () => {
  const { write, isOverfull, erase } = createJournal()
  write(key('a'), textOf(mostAtRest))
  assert.equal(isOverfull(), false)
  write(key('b'), '')
  assert.equal(isOverfull(), true)
  erase(key('b'))
  assert.equal(isOverfull(), false)
})

test('a backlog of small messages does not take more either', () => {
  const { write, keys, erase } = createJournal()
  for (let index = 0; index < 3000; index++) write(key(index), 'x'.repeat(500))
  const size = storage.size()
  assert.equal(size <= mostInBurst && size > mostInBurst - 600, true, `${size} characters`)
  for (const each of keys(everyQueue)) erase(each)
  assert.equal(write(key('a'), textOf(mostInBurst)), true)
})

test('the storage of others takes no room of the journal', () => {
  storage.setItem('cart', 'x'.repeat(2 * mostInBurst))
  assert.equal(createJournal().write(key('a'), textOf(mostInBurst)), true)
})

test('the lines of an earlier page or another tab take room, until somebody erases them', (t) => {
  let now = 0
  t.mock.method(performance, 'now', () => now)
  storage.setItem(key('a'), textOf(600_000))
  const { write, isOverfull } = createJournal()
  assert.equal(isOverfull(), true)
  assert.equal(write(key('b'), textOf(500_000)), false)
  byAnotherTab(storage, key('a'), null)
  // What another tab does is noticed within a second.
  now += 1000
  assert.equal(isOverfull(), false)
  assert.equal(write(key('b'), textOf(500_000)), true)
  byAnotherTab(storage, key('c'), textOf(400_000))
  now += 1000
  assert.equal(write(key('d'), textOf(200_000)), false)
  assert.equal(storage.size() <= mostInBurst, true)
})

test('what is there is measured once a second at most, however many calls there are', (t) => {
  let now = 0
  t.mock.method(performance, 'now', () => now)
  const measured = t.mock.method(Object, 'keys')
  const { write } = createJournal()
  for (; now < 2500; now++) write(key(now), '1')
  assert.equal(measured.mock.calls.filter(({ arguments: [given] }) => given === storage).length, 3)
})

test('only a watched journal listens to other tabs, because the browser loads sessionStorage for that', (t) => {
  const listen = t.mock.method(globalThis, 'addEventListener')
  const { keys, erase, write, isOverfull, watch } = createJournal()
  write(key('b'), '1')
  assert.deepEqual([keys(everyQueue), isOverfull()], [[key('b')], false])
  erase(key('b'))
  assert.equal(listen.mock.callCount(), 0)
  watch(new AbortController().signal, () => {})
  assert.equal(listen.mock.callCount(), 1)
})

test('two queues on one page share the room', () => {
  const [one, other] = [createJournal(), createJournal()]
  one.write(key('a'), textOf(600_000))
  assert.equal(other.write(key('b'), textOf(600_000)), false)
  assert.equal(other.isOverfull(), true)
  assert.equal(storage.size() <= mostInBurst, true)
})

for (const [what, clear] of [
  ['the site', () => storage.clear()],
  ['another tab', () => byAnotherTab(storage, null, null)],
] as const) {
  test(`when ${what} has cleared the storage, its room is free again`, () => {
    const { write, watch } = createJournal()
    watch(new AbortController().signal, () => {})
    write(key('a'), textOf(mostInBurst))
    clear()
    assert.equal(write(key('b'), textOf(mostInBurst)), true)
    assert.equal(storage.size(), mostInBurst)
  })
}

test('the journal reports what another tab writes until the signal aborts, but not what it erases', () => {
  const told: string[] = []
  const end = new AbortController()
  const { watch, write } = createJournal()
  watch(end.signal, (key) => told.push(key))
  write(key('own'), '1')
  byAnotherTab(storage, key('a'), '1')
  byAnotherTab(storage, key('b'), '')
  byAnotherTab(storage, key('a'), null)
  byAnotherTab(storage, 'ajs_user_id', 'u')
  byAnotherTab(storage, null, null)
  assert.deepEqual(told, [key('a'), key('b')])
  end.abort()
  byAnotherTab(storage, key('c'), '1')
  assert.equal(told.length, 2)
})
