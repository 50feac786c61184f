import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoff, retryAfter } from '../../lib/delivery/retry-timing.ts'

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
  ['', undefined],
  [null, undefined],
  ['Wed, 31 Dec 2025 23:59:00 GMT', undefined],
] as const) {
  test(`Retry-After: ${header} asks for ${wait} ms`, () => assert.equal(retryAfter(header, now), wait))
}

test('the backoff doubles from half a second to a minute, and half of it is random', () => {
  assert.deepEqual(
    [1, 2, 3, 7, 8, 1000].map((attempt) => backoff(attempt, 0)),
    [500, 1000, 2000, 32_000, 60_000, 60_000],
  )
  assert.equal(backoff(3, 1), 1000)
})
