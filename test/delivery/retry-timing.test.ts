import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoffMs, remainingMs, retryAfter } from '../../lib/delivery/retry-timing.ts'

const now = Date.UTC(2026, 0, 1)
const day = 86_400_000

for (const [header, wait] of [
  ['2', 2000],
  [' 120 ', 120_000],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['31536000', day],
  ['Fri, 01 Jan 2027 00:00:00 GMT', day],
  ['0', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['1.5', undefined],
  ['Infinity', undefined],
  ['9'.repeat(400), day],
  ['', undefined],
  [null, undefined],
  ['Wed, 31 Dec 2025 23:59:00 GMT', undefined],
  ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
  ['Thu Jan  1 00:01:00 2026 GMT', 60_000],
  ['2026-01-01T00:01:00Z', undefined],
  ['1 Jan 2027', undefined],
] as const) {
  test(`Retry-After: ${header} asks for a pause of ${wait} ms`, () =>
    assert.equal(retryAfter(header, now), wait))
}

for (const [what, from, until, left] of [
  ['has just begun', 0, 5000, 5000],
  ['is half over', -2000, 3000, 3000],
  ['is over to the millisecond', -5000, 0, 0],
  ['is long over', -5000, -1000, 0],
  ['begins in the future, as the clock was set back', 1, 5000, 0],
  ['is a day', 0, day, day],
  ['is longer than a day', 0, day + 1, 0],
  ['ends before it begins', -1000, -2000, 0],
  ['is none', 0, 0, 0],
  ['is nonsense', Number.NaN, 5000, 0],
  ['never ends', 0, Number.POSITIVE_INFINITY, 0],
] as const) {
  test(`of a pause that ${what}, ${left} ms remain`, () => {
    assert.equal(remainingMs({ from: now + from, until: now + until }, now), left)
  })
}

test('the backoff doubles from 5 seconds to 80, and chance takes off up to a half', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 1000].map((failures) => backoffMs(failures, 0)),
    [5000, 10_000, 20_000, 40_000, 80_000, 80_000, 80_000],
  )
  assert.equal(backoffMs(3, 1), 10_000)
  assert.equal(backoffMs(3, 0.5), 15_000)
})
