import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { createServerWait } from '../../lib/browser/retry-after-store.ts'
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

test('a wait is counted down to nothing', () => {
  const { left, set } = createServerWait(key)
  assert.equal(left(), 0)
  set(5000)
  assert.equal(left(), 5000)
  now += 4999
  assert.equal(left(), 1)
  now += 1
  assert.equal(left(), 0)
})

test('all pages of the site obey it, those of another queue do not', () => {
  const [page, other] = [createServerWait(key), createServerWait(key)]
  page.set(5000)
  assert.deepEqual([other.left(), createServerWait(key).left()], [5000, 5000])
  assert.equal(createServerWait('userengage:wait:other').left(), 0)
})

test('without a key only the page itself obeys it, and nothing is stored', () => {
  const { left, set } = createServerWait()
  set(5000)
  assert.equal(left(), 5000)
  assert.deepEqual([createServerWait().left(), storage.size()], [0, 0])
})

for (const [what, prevent] of [
  ['forbidden', forbidStorage],
  ['full', () => (FakeStorage.room = 0)],
] as const) {
  test(`where storage is ${what}, this page remembers it`, () => {
    prevent()
    const { left, set } = createServerWait(key)
    set(5000)
    now += 1000
    assert.equal(left(), 4000)
  })
}

test('when the site clears its storage, this page still remembers', () => {
  const { left, set } = createServerWait(key)
  set(5000)
  storage.clear()
  assert.equal(left(), 5000)
})

for (const [what, jump] of [
  ['back by a minute', -60_000],
  ['back by a year', -365 * day],
  ['forward by a year', 365 * day],
] as const) {
  test(`when the clock is set ${what}, no wait is left`, () => {
    const { left, set } = createServerWait(key)
    set(50_000)
    now += jump
    assert.deepEqual([left(), createServerWait(key).left()], [0, 0])
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
  test(`${stored || 'an empty text'} in the storage is no wait, and a new one can be set`, () => {
    storage.setItem(key, stored)
    const { left, set } = createServerWait(key)
    assert.equal(left(), 0)
    set(5000)
    assert.equal(left(), 5000)
  })
}

test('a day is the longest wait', () => {
  const { left, set } = createServerWait(key)
  set(day)
  assert.equal(left(), day)
})

test('a later answer counts', () => {
  const { left, set } = createServerWait(key)
  set(50_000)
  now += 60_000
  set(1000)
  assert.equal(left(), 1000)
})
