import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { createRetryAfterStore } from '../../lib/browser/retry-after-store.ts'
import { FakeStorage, forbidStorage, installStorage } from '../support/browser.ts'

const key = 'userengage:wait:q'
const day = 86_400_000
const start = Date.UTC(2026, 0, 1)

let now = start
let storage = installStorage()
beforeEach(() => {
  storage = installStorage()
  now = start
  mock.method(Date, 'now', () => now)
})
afterEach(() => mock.restoreAll())

test('the pause that a server asked for is counted down to nothing', () => {
  const { remainingMs, set } = createRetryAfterStore(key)
  assert.equal(remainingMs(), 0)
  set(5000)
  assert.equal(remainingMs(), 5000)
  now += 4999
  assert.equal(remainingMs(), 1)
  now += 1
  assert.equal(remainingMs(), 0)
})

test('all pages of the site obey it, but not those of another queue', () => {
  const [page, other] = [createRetryAfterStore(key), createRetryAfterStore(key)]
  page.set(5000)
  assert.deepEqual([other.remainingMs(), createRetryAfterStore(key).remainingMs()], [5000, 5000])
  assert.equal(createRetryAfterStore('userengage:wait:other').remainingMs(), 0)
})

test('without a key only the page itself obeys it, and nothing is stored', () => {
  const { remainingMs, set } = createRetryAfterStore()
  set(5000)
  assert.equal(remainingMs(), 5000)
  assert.deepEqual([createRetryAfterStore().remainingMs(), storage.size()], [0, 0])
})

for (const [what, prevent] of [
  ['forbidden', forbidStorage],
  ['full', () => (FakeStorage.room = 0)],
] as const) {
  test(`where storage is ${what}, this page remembers it`, () => {
    prevent()
    const { remainingMs, set } = createRetryAfterStore(key)
    set(5000)
    now += 1000
    assert.equal(remainingMs(), 4000)
  })
}

test('when the site clears its storage, this page still remembers', () => {
  const { remainingMs, set } = createRetryAfterStore(key)
  set(5000)
  storage.clear()
  assert.equal(remainingMs(), 5000)
})

for (const [what, jump] of [
  ['back by a minute', -60_000],
  ['back by a year', -365 * day],
  ['forward by a year', 365 * day],
] as const) {
  test(`when the clock is set ${what}, no pause remains`, () => {
    const { remainingMs, set } = createRetryAfterStore(key)
    set(50_000)
    now += jump
    assert.deepEqual([remainingMs(), createRetryAfterStore(key).remainingMs()], [0, 0])
  })
}

for (const stored of [
  '',
  'null',
  'soon',
  '{"from":0}',
  '7',
  '"text"',
  '[',
  '[]',
  `[${start}]`,
  `[${start},"soon"]`,
  `["${start}x",${start + 5000}]`,
  `[null,${start + 5000}]`,
  `[${start},${start + 365 * day}]`,
  `[${start},${start - 5000}]`,
  `[-1,-5]`,
  `[${start + 1000},${start + 5000}]`,
  `[${start},1e999]`,
  `[[],{}]`,
]) {
  test(`${stored || 'an empty text'} in the storage is no pause, and a new one can be set`, () => {
    storage.setItem(key, stored)
    const { remainingMs, set } = createRetryAfterStore(key)
    assert.equal(remainingMs(), 0)
    set(5000)
    assert.equal(remainingMs(), 5000)
  })
}

test('a day is the longest pause', () => {
  const { remainingMs, set } = createRetryAfterStore(key)
  set(day)
  assert.equal(remainingMs(), day)
})

test('a later answer counts', () => {
  const { remainingMs, set } = createRetryAfterStore(key)
  set(50_000)
  now += 60_000
  set(1000)
  assert.equal(remainingMs(), 1000)
})

for (const [what, passMs, isStored] of [
  ['stays in the storage while it lasts', 4999, true],
  ['leaves the storage once it is over', 5000, false],
] as const) {
  test(`a pause ${what}`, () => {
    const { remainingMs, set } = createRetryAfterStore(key)
    set(5000)
    now += passMs
    remainingMs()
    assert.equal(storage.getItem(key) !== null, isStored)
  })
}
