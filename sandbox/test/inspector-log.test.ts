import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '../api-types.ts'
import { createLog } from '../inspector/log.js'
import type { RestEntry } from '../rest-types.ts'

const at = (second: number): string => new Date(Date.UTC(2026, 10, 26, 12, 0, second)).toISOString()
const message = (id: number, second: number, messageId = `m${id}`): Entry => ({
  id,
  receivedAt: at(second),
  status: 200,
  repeated: false,
  headers: {},
  body: { type: 'page', messageId },
  changes: [],
  answer: null,
})
const request = (id: number, second: number): RestEntry => ({
  id,
  receivedAt: at(second),
  method: 'GET',
  path: '/api/public/users/',
  status: 200,
  headers: {},
  body: null,
  changes: [],
  answer: null,
})
const keys = (log: ReturnType<typeof createLog>): string[] => log.newestFirst().map(({ key }) => key)

test('messages and requests are merged by time, and ids of both may be equal', () => {
  const log = createLog(10)
  for (const second of [1, 4, 5]) log.messages.add(message(second, second))
  for (const second of [0, 4, 6]) log.requests.add(request(second + 1, second))
  assert.deepEqual(keys(log), ['rest-7', '5', 'rest-5', '4', '1', 'rest-1'])
  assert.equal(log.get('5')?.entry.id, 5)
  assert.equal(log.get('rest-5')?.entry.receivedAt, at(4))
  assert.equal(log.get('rest-4'), undefined)
  assert.equal(log.get('rest-'), undefined)
  assert.equal(log.get('rest-x'), undefined)
  assert.equal(log.lastIds(), '5.7')
})

test('an entry is added once, although a stream that reconnects repeats it', () => {
  const log = createLog(10)
  assert.ok(log.requests.add(request(1, 1)))
  assert.equal(log.requests.add(request(1, 1)), undefined)
  assert.deepEqual(keys(log), ['rest-1'])
})

test('a list of which the server has older entries hides those of the other before it', () => {
  const log = createLog(10)
  log.messages.addOlder([message(1, 1), message(2, 9)], true)
  log.requests.addOlder([request(8, 5), request(9, 6)], false)
  assert.deepEqual([keys(log), log.isWhole()], [['2', 'rest-9', 'rest-8'], false])
  log.requests.addOlder([request(7, 0)], true)
  assert.deepEqual([keys(log), log.isWhole()], [['2', 'rest-9', 'rest-8', '1', 'rest-7'], true])
})

test('each log forgets its oldest entries, and what was loaded does not count', () => {
  const log = createLog(2)
  log.messages.addOlder([message(1, 1)], true)
  for (const second of [2, 3]) log.messages.add(message(second, second))
  assert.deepEqual([keys(log), log.isWhole()], [['3', '2', '1'], true])
  log.messages.add(message(4, 4))
  assert.deepEqual([keys(log), log.isWhole()], [['4', '3', '2'], false])
})

test('attempts are numbered in order of arrival, also after older ones were loaded', () => {
  const log = createLog(10)
  log.messages.add(message(2, 2, 'same'))
  const attempts = () => log.messages.newestFirst().map(({ attempt }) => attempt)
  log.messages.add(message(3, 3, 'same'))
  assert.deepEqual(attempts(), [2, 1])
  log.messages.addOlder([message(1, 1, 'same')], true)
  assert.deepEqual(attempts(), [3, 2, 1])
  const first = log.get('1')
  assert.equal(first && log.arrivalsOf(first), 3)
})
