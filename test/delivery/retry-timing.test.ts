import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoff, retryAfter, waitLeft } from '../../lib/delivery/retry-timing.ts'

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
] as const) {
  test(`Retry-After: ${header} asks for ${wait} ms`, () => assert.equal(retryAfter(header, now), wait))
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
  test(`of a wait that ${what}, ${left} ms are left`, () => {
    assert.equal(waitLeft(now + from, now + until, now), left)
  })
}

test('the backoff doubles from half a second to a minute, and half of it is random', () => {
  assert.deepEqual(
    [1, 2, 3, 7, 8, 1000].map((attempt) => backoff(attempt, 0)),
    [500, 1000, 2000, 32_000, 60_000, 60_000],
  )
  assert.equal(backoff(3, 1), 1000)
})
