import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import type { Drop, DropReason } from '../../lib/delivery/drop.ts'
import type { Misconfigured } from '../../lib/delivery/outcome.ts'
import { createReporter, type Reporter } from '../../lib/reporting/reporter.ts'
import { resolveSettings } from '../../lib/settings/resolve.ts'
import type { UserEngageSettings } from '../../lib/settings/settings.ts'
import { message } from '../support/message.ts'

const endpoint = 'https://ue.example/'
let infos: string[] = []
let errors: unknown[][] = []
let emitted: object[] = []

beforeEach(() => {
  infos = []
  errors = []
  emitted = []
  mock.method(console, 'info', (text: string) => infos.push(text))
  mock.method(console, 'error', (...words: unknown[]) => errors.push(words))
})
afterEach(() => mock.restoreAll())

const create = (settings: Partial<UserEngageSettings> = {}): Reporter =>
  createReporter(resolveSettings({ apiKey: 'k', endpoint, ...settings }), endpoint, (detail) =>
    emitted.push(detail),
  )
const track = message('m1')
const wrongKey: Misconfigured = { kind: 'misconfigured', cause: 'status', status: 401 }

test('without debug, what goes well leaves the console empty', () => {
  const reporter = create()
  reporter.onDebug('a line')
  reporter.onDelivered(track)
  reporter.onRetry(track, { kind: 'retryable', cause: 'timeout' }, 5000)
  reporter.onSetAside(track, 60_000)
  reporter.onDropped(track, { reason: 'beforeSend' })
  assert.deepEqual([infos, errors], [[], []])
})

test('with debug, each step of a message is a line', () => {
  const reporter = create({ debug: true })
  reporter.onDelivered(track)
  reporter.onRetry(track, { kind: 'retryable', cause: 'status', status: 503 }, 5432)
  reporter.onRetry(track, { kind: 'retryable', cause: 'timeout' }, 0)
  reporter.onSetAside(track, 120_000)
  assert.deepEqual(infos, [
    '[UserEngage] delivered track m1',
    '[UserEngage] track m1 waits: the endpoint answered 503; next try in 5.4 s',
    '[UserEngage] track m1 waits: the endpoint did not answer in time; next try at the next chance',
    '[UserEngage] track m1 is set aside, because the endpoint takes other messages; next try in 2 minutes',
  ])
})

for (const [drop, explanation] of [
  [
    { reason: 'refused', status: 400, serverMessage: 'No event' },
    'refused by the endpoint with 400, "No event"',
  ],
  [{ reason: 'refused', status: 413 }, 'refused by the endpoint with 413, "no reason given"'],
  [{ reason: 'expired' }, 'it waited longer than queue.maxAgeHours'],
  [{ reason: 'overflow' }, 'more than queue.maxMessages were waiting'],
  [{ reason: 'consent' }, 'the visitor has not agreed to the categories of `consent`'],
  [{ reason: 'gpc' }, 'the browser asks for privacy by Global Privacy Control'],
  [{ reason: 'beforeSend' }, 'beforeSend dropped it'],
  [{ reason: 'middleware' }, 'a destination middleware dropped it'],
  [{ reason: 'cleared' }, 'the site called clear()'],
] as const satisfies [Drop, string][]) {
  test(`a drop by "${drop.reason}" is explained, and reported to callback and error event: ${explanation}`, () => {
    const dropped: unknown[] = []
    const reporter = create({ debug: true, onDropped: (...args) => void dropped.push(args) })
    reporter.onDropped(track, drop)
    assert.deepEqual(infos, [`[UserEngage] dropped track m1: ${explanation}`])
    assert.deepEqual(dropped, [[track, drop]])
    assert.deepEqual(emitted, [{ code: 'delivery_failure', ...drop, message: track }])
  })
}

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
