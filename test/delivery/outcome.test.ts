import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomeOfStatus } from '../../lib/delivery/outcome.ts'

for (const [kind, statuses] of [
  ['delivered', [200, 201, 202, 204, 299]],
  ['misconfigured', [0, 301, 307, 308, 401, 403, 404, 405]],
  ['refused', [400, 402, 406, 409, 410, 413, 422, 451, 499, 501]],
  ['retryable', [408, 425, 429, 500, 502, 503, 504, 511, 599]],
] as const) {
  for (const status of statuses) {
    test(`an answer of ${status} makes a message ${kind}`, () =>
      assert.equal(outcomeOfStatus(status).kind, kind))
  }
}

for (const [status, answer, outcome] of [
  [200, { serverMessage: 'fine', retryAfterMs: 5 }, { kind: 'delivered' }],
  [400, { serverMessage: 'no type' }, { kind: 'refused', status: 400, serverMessage: 'no type' }],
  [400, { retryAfterMs: 5 }, { kind: 'refused', status: 400 }],
  [403, {}, { kind: 'misconfigured', cause: 'status', status: 403 }],
  [403, { serverMessage: '' }, { kind: 'misconfigured', cause: 'status', status: 403 }],
  [0, {}, { kind: 'misconfigured', cause: 'redirect', status: 0 }],
  [503, { serverMessage: 'busy' }, { kind: 'retryable', cause: 'status', status: 503 }],
  [429, { retryAfterMs: 5 }, { kind: 'retryable', cause: 'status', status: 429, retryAfterMs: 5 }],
  [429, { retryAfterMs: undefined }, { kind: 'retryable', cause: 'status', status: 429 }],
] as const) {
  test(`the outcome of ${status} with ${JSON.stringify(answer)} is ${outcome.kind}`, () => {
    assert.deepEqual(outcomeOfStatus(status, answer), outcome)
  })
}
