import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import type { Drop, DropReason } from '../../lib/delivery/drop.ts'
import type { Misconfigured } from '../../lib/delivery/outcome.ts'
import { createReporter, type Reporter } from '../../lib/reporting/reporter.ts'
import { resolveSettings } from '../../lib/settings/resolve.ts'
import type { UserEngageSettings } from '../../lib/settings/settings.ts'
import { message } from '../support/message.ts'

const endpoint = 'https://ue.example/'
let errors: unknown[][] = []
let emitted: object[] = []

beforeEach(() => {
  errors = []
  emitted = []
  mock.method(console, 'error', (...words: unknown[]) => errors.push(words))
})
afterEach(() => mock.restoreAll())

const create = (settings: Partial<UserEngageSettings> = {}): Reporter =>
  createReporter(resolveSettings({ apiKey: 'k', endpoint, ...settings }), endpoint, (detail) =>
    emitted.push(detail),
  )
const track = message('m1')
const wrongKey: Misconfigured = { kind: 'misconfigured', cause: 'status', status: 401 }

test('without debug, whatever happens to a message leaves the console empty', () => {
  const infos = ['info', 'groupCollapsed', 'groupEnd'].map((name) =>
    mock.method(console, name as 'info', () => {}),
  )
  const reporter = create()
  assert.equal(reporter.log, undefined, 'nothing is made for a log that nobody reads')
  reporter.onDelivered(track)
  reporter.onRetry(track, { kind: 'retryable', cause: 'timeout' }, 5000)
  reporter.onSetAside(track, 60_000)
  reporter.onDropped(track, { reason: 'beforeSend' })
  assert.equal(infos.map(({ mock }) => mock.callCount()).join(), '0,0,0')
  assert.deepEqual(errors, [])
})

test('a drop is reported to callback and error event', () => {
  const dropped: unknown[] = []
  const drop: Drop = { reason: 'refused', status: 400, serverMessage: 'No event' }
  create({ onDropped: (...args) => void dropped.push(args) }).onDropped(track, drop)
  assert.deepEqual(dropped, [[track, drop]])
  assert.deepEqual(emitted, [{ code: 'delivery_failure', ...drop, message: track }])
  assert.deepEqual(errors, [['[UserEngage] dropped track m1: refused by the endpoint with 400, "No event"']])
})

for (const [reason, isShown] of [
  ['refused', true],
  ['expired', true],
  ['overflow', true],
  ['consent', false],
  ['gpc', false],
  ['beforeSend', false],
  ['middleware', false],
  ['cleared', false],
] as const satisfies [DropReason, boolean][]) {
  test(`a drop by "${reason}" is ${isShown ? 'a' : 'no'} console error`, () => {
    create().onDropped(track, { reason })
    assert.equal(errors.length, isShown ? 1 : 0)
  })
}

test('hundreds of expired messages are one console error', () => {
  const reporter = create()
  for (let count = 0; count < 300; count++) reporter.onDropped(message(`m${count}`), { reason: 'expired' })
  assert.equal(errors.length, 1)
})

test('a wrong set-up is one console error, which says what to do and what happens next', () => {
  const reporter = create()
  reporter.onMisconfigured(wrongKey, 300_000)
  reporter.onMisconfigured(wrongKey, 300_000)
  assert.equal(errors.length, 1)
  assert.match(
    String(errors[0]?.[0]),
    /^\[UserEngage\] https:\/\/ue\.example\/ answered 401\. .*apiKey.* No message is lost: they wait, and the next try is in 5 minutes\.$/,
  )
})

test('a bug of the plugin is a console error, with the error', () => {
  const bug = new Error('oops')
  create().onBug(bug)
  assert.deepEqual(errors, [['[UserEngage] The plugin itself failed. Please report this:', bug]])
})

test('a callback that throws is a console error, and the rest is still reported', () => {
  const oops = new Error('oops')
  const failing = (): never => {
    throw oops
  }
  const reporter = create({ onDelivered: failing, onDropped: failing })
  reporter.onDelivered(track)
  reporter.onDropped(track, { reason: 'consent' })
  assert.deepEqual(errors, [
    ['[UserEngage] onDelivered threw:', oops],
    ['[UserEngage] onDropped threw:', oops],
  ])
  assert.equal(emitted.length, 1)
})

test('a listener to the error event that throws is a console error', () => {
  const oops = new Error('oops')
  const settings = resolveSettings({ apiKey: 'k', endpoint })
  const reporter = createReporter(settings, endpoint, () => {
    throw oops
  })
  reporter.onDropped(track, { reason: 'consent' })
  assert.deepEqual(errors, [['[UserEngage] a listener to "error" threw:', oops]])
})
