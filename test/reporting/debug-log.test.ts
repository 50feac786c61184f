import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import type { Stats } from '../../lib/delivery/drop.ts'
import { createDebugLog, type DebugLog } from '../../lib/reporting/debug-log.ts'
import { resolveSettings } from '../../lib/settings/resolve.ts'
import type { Message } from '../../protocol/message.ts'
import { message } from '../support/message.ts'

const endpoint = 'https://ue.example/'
const noon = new Date(2026, 0, 1, 12).getTime()
const minute = 60_000
/** The lines, those within a group indented. */
let lines: string[] = []
let stats: Stats

beforeEach(() => {
  lines = []
  stats = { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} }
  let depth = ''
  const write = (given: unknown): void => {
    const text = typeof given === 'string' ? given : `(${(given as Message).messageId})`
    lines.push(depth + text.replace('[UserEngage] ', ''))
  }
  mock.method(console, 'info', write)
  mock.method(console, 'groupCollapsed', (text: string) => {
    write(text)
    depth = '  '
  })
  mock.method(console, 'groupEnd', () => {
    depth = ''
  })
  mock.timers.enable({ apis: ['Date'], now: noon })
})
afterEach(() => {
  mock.restoreAll()
  mock.timers.reset()
})

const create = (): DebugLog =>
  createDebugLog(resolveSettings({ apiKey: 'a secret key', endpoint, debug: true }), endpoint, () => stats)

/** A message of a call at noon. */
const track: Message = {
  ...message('m123'),
  type: 'track',
  event: 'A',
  properties: {},
  timestamp: new Date(noon).toISOString(),
}

test('the first line has version, endpoint and what is switched on', () => {
  create().onStart('1.2.3')
  assert.deepEqual(lines, ['1.2.3 sends to https://ue.example/. All settings have their defaults.'])
})

test('a line about a message is the heading of a group that contains the message', () => {
  create().onQueued(track)
  assert.deepEqual(lines, ['#m123 track "A" (anonymous): queued', '  (m123)'])
})

/** The headings alone. */
const headings = (): string[] => lines.filter((line) => !line.startsWith(' '))

test('a delivery has its time since the call, and the sums once nothing is left', () => {
  const log = create()
  mock.timers.tick(1250)
  stats = { ...stats, queued: 1, delivered: 1 }
  log.onDelivered(track)
  stats = { ...stats, queued: 0, delivered: 2, dropped: { consent: 1 } }
  log.onDelivered({ ...track, timestamp: '2999-01-01T00:00:00.000Z' })
  log.onDropped(track, 'consent', 'the visitor has not agreed')
  assert.deepEqual(headings(), [
    '#m123 track "A" (anonymous): delivered 1.3 s after the call',
    '#m123 track "A" (anonymous): delivered. So far: 2 delivered, 1 dropped (consent).',
    '#m123 track "A" (anonymous): dropped (consent): the visitor has not agreed. So far: 2 delivered, 1 dropped (consent).',
  ])
})

test('a failure says until when the queue waits, and the same wait is not told again', () => {
  const log = create()
  stats = { ...stats, queued: 2 }
  log.onRetry(track, { kind: 'retryable', cause: 'status', status: 503 }, 5000)
  log.onWait({ reason: 'backoff', ms: 5000 })
  mock.timers.tick(4000)
  log.onWait({ reason: 'backoff', ms: 1000 })
  log.onRetry(track, { kind: 'retryable', cause: 'timeout' }, 0)
  assert.deepEqual(headings(), [
    '#m123 track "A" (anonymous): still queued: the endpoint answered 503. Next try in 5.0 s, at 12:00:05. So far: 0 delivered, 2 queued.',
    '#m123 track "A" (anonymous): still queued: the endpoint did not answer in time. So far: 0 delivered, 2 queued.',
  ])
})

test('each wait is told once, until something happens', () => {
  const log = create()
  stats = { ...stats, queued: 1 }
  for (const wait of [
    { reason: 'retry after', ms: 10 * minute },
    { reason: 'retry after', ms: 10 * minute + 5 },
    { reason: 'offline', ms: Number.POSITIVE_INFINITY },
    { reason: 'offline', ms: Number.POSITIVE_INFINITY },
    { reason: 'navigation', ms: Number.POSITIVE_INFINITY },
    { reason: 'set aside', ms: minute },
    { reason: 'backoff', ms: 2 * minute },
    { reason: 'misconfigured', ms: 5 * minute },
  ] as const) {
    log.onWait(wait)
  }
  const sums = 'So far: 0 delivered, 1 queued.'
  assert.deepEqual(lines, [
    `All messages stay queued: the endpoint asks for a pause (Retry-After). Next try in 10 minutes, at 12:10:00. ${sums}`,
    `All messages stay queued: the browser is offline. They go as soon as it is online. ${sums}`,
    `All messages stay queued: the page is being left. The next page of the site, or the worker, sends them. ${sums}`,
    `All messages stay queued: each of them is set aside. Next try in 60 s, at 12:01:00. ${sums}`,
    `All messages stay queued: the last request failed. Next try in 2 minutes, at 12:02:00. ${sums}`,
    `All messages stay queued: the set-up is wrong. Next try in 5 minutes, at 12:05:00. ${sums}`,
  ])
  lines = []
  log.onDelivered(track)
  log.onWait({ reason: 'misconfigured', ms: 5 * minute })
  assert.equal(headings().length, 2)
})

test('what pages left, and what another tab has, are counted', () => {
  const log = create()
  log.onClaimed([track])
  log.onClaimed([track, { ...track, messageId: 'm456' }])
  log.onHeldElsewhere(1)
  assert.deepEqual(lines, [
    '1 message of earlier pages or closed tabs: queued here now',
    '  #m123 track "A" (anonymous)',
    '2 messages of earlier pages or closed tabs: queued here now',
    '  #m123 track "A" (anonymous)\n#m456 track "A" (anonymous)',
    '1 message of another tab of the site: queued there, and sent from there.',
  ])
})

test('the end of a page with nothing queued is no line', () => {
  const log = create()
  log.onPageEnd('send')
  stats = { ...stats, queued: 1 }
  for (const plan of ['leave', 'hand over', 'send'] as const) log.onPageEnd(plan)
  const sums = 'So far: 0 delivered, 1 queued.'
  assert.deepEqual(lines, [
    `The page ends: the next page of the site, or another tab, sends what is queued. ${sums}`,
    `The page ends: the worker sends what is queued. ${sums}`,
    `The page ends: it sends what the browser has room for, and the next page of the site sends what is left. ${sums}`,
  ])
})

test('the rest is one line each', () => {
  const log = create()
  log.onIgnored('alias')
  log.onFiltered(track)
  log.onSetAside(track, 2 * minute)
  log.onMisconfigured(5 * minute)
  log.onDatabaseFailed('writing', new Error('no room'))
  log.onWorkerMissing('https://site.example/userengage-worker.js')
  assert.deepEqual(headings(), [
    '"alias" is not part of this destination: ignored.',
    '#m123 track "A" (anonymous): not for this destination, by `integrations`, a source middleware or another plugin.',
    '#m123 track "A" (anonymous): set aside, because the endpoint takes other messages. Next try in 2 minutes, at 12:02:00.',
    'All messages stay queued, because the set-up is wrong. Next try in 5 minutes, at 12:05:00. So far: 0 delivered.',
    'IndexedDB failed at writing: Error: no room. The messages stay in localStorage and in memory.',
    'https://site.example/userengage-worker.js is no worker: copy userengage-worker.js to your site, and set workerUrl. Nothing is lost without it.',
  ])
})
