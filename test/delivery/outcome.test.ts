import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerOf } from '../../lib/delivery/outcome.ts'

for (const [kind, statuses] of [
  ['delivered', [200, 201, 202, 204, 299]],
  ['misconfigured', [0, 301, 307, 308, 401, 403, 404, 405]],
  ['refused', [400, 402, 406, 409, 410, 413, 422, 451, 499, 501]],
  ['unanswered', [408, 425, 429, 500, 502, 503, 504, 511, 599]],
] as const) {
  for (const status of statuses) {
    test(`an answer of ${status} is ${kind}`, () => assert.equal(answerOf(status).kind, kind))
  }
}

for (const [status, said, answer] of [
  [200, { serverMessage: 'fine', retryAfterMs: 5 }, { kind: 'delivered' }],
  [400, { serverMessage: 'no type' }, { kind: 'refused', status: 400, serverMessage: 'no type' }],
  [400, { retryAfterMs: 5 }, { kind: 'refused', status: 400 }],
  [403, {}, { kind: 'misconfigured', status: 403 }],
  [403, { serverMessage: '' }, { kind: 'misconfigured', status: 403 }],
  [503, { serverMessage: 'busy' }, { kind: 'unanswered', status: 503 }],
  [429, { retryAfterMs: 5 }, { kind: 'unanswered', status: 429, retryAfterMs: 5 }],
  [429, { retryAfterMs: undefined }, { kind: 'unanswered', status: 429 }],
] as const) {
  test(`an answer of ${status} with ${JSON.stringify(said)}`, () => {
    assert.deepEqual(answerOf(status, said), answer)
  })
}
