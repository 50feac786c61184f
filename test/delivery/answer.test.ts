import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerOf } from '../../lib/delivery/answer.ts'

for (const [kind, statuses] of [
  ['delivered', [200, 201, 202, 204]],
  ['misconfigured', [0, 301, 307, 401, 403, 404, 405]],
  ['refused', [400, 402, 406, 409, 410, 413, 422, 451, 501]],
  [undefined, [408, 425, 429, 500, 502, 503, 504, 511, 599]],
] as const) {
  for (const status of statuses) {
    test(`an answer of ${status} is ${kind ?? 'no answer'}`, () => assert.equal(answerOf(status)?.kind, kind))
  }
}

test('an answer has the status, and the server’s words where there are any', () => {
  assert.deepEqual(answerOf(400, 'no type'), { kind: 'refused', status: 400, serverMessage: 'no type' })
  assert.deepEqual(answerOf(403), { kind: 'misconfigured', status: 403 })
})
