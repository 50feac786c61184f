import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settled } from '../support/clock.ts'
import { createConnection, misconfigured, networkError, never, status, timeout } from '../support/line.ts'
import { createSite } from '../support/site.ts'

// The lines that only somebody who debugs sees.

for (const [why, reply, wait] of [
  ['a failure', networkError, 'waits: backoff, 5000'],
  ['a Retry-After', status(503, 600_000), 'waits: retry after, 600000'],
  ['a wrong set-up', misconfigured, 'waits: misconfigured, 300000'],
] as const) {
  test(`after ${why} the log hears why nothing goes, and for how long`, async () => {
    const tab = createSite().open([reply])
    tab.add('a')
    await settled()
    assert.deepEqual(tab.log, ['queued a', wait])
  })
}

test('of a Retry-After and a longer backoff, the longer one is told', async () => {
  const tab = createSite().open([status(503, 1000)])
  tab.add('a')
  await settled()
  assert.equal(tab.log.at(-1), 'waits: backoff, 5000')
})

test('offline, a message waits for a connection, without any request', async () => {
  const tab = createSite().open([], { connection: createConnection(true) })
  tab.add('a')
  await settled()
  assert.deepEqual(tab.log, ['queued a', 'waits: offline, Infinity'])
  assert.deepEqual(tab.line.sent, [])
})

test('where all that is queued is set aside, that is why it waits', async () => {
  const { clock, open } = createSite()
  const tab = open(({ messageId }) => (messageId === 'bad' ? timeout : { kind: 'delivered' }))
  tab.add('bad', 'good')
  await clock.advance(60_000)
  assert.match(tab.log.at(-1) ?? '', /^waits: set aside, \d+$/)
})

test('a page that is being left says that it holds a message back', async () => {
  const tab = createSite().open()
  tab.onNavigation('site')
  assert.deepEqual(tab.log, [], 'nothing is queued yet')
  tab.add('a')
  assert.deepEqual(tab.log, ['queued a', 'waits: navigation, Infinity'])
})

test('while all goes well, nothing is said to wait', async () => {
  const tab = createSite().open()
  tab.add('a', 'b')
  await settled()
  assert.deepEqual(tab.log, ['queued a', 'queued b'])
})

test('a page tells what ended pages left, and how much another tab keeps', async () => {
  const { open, clock } = createSite()
  const ended = open([networkError])
  ended.add('a')
  await clock.advance(100)
  ended.onPageHide(false)
  const other = open(() => never)
  await clock.advance(100)
  assert.deepEqual(other.log, ['claimed a'])
  assert.deepEqual(ended.log.at(-1), 'page end: send')
  const third = open()
  await clock.advance(100)
  assert.deepEqual(third.log, ['1 held elsewhere'])
  assert.deepEqual([third.line.sent, other.line.sent], [[], ['a']])
})
