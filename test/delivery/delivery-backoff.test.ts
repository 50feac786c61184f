import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hour, minute, settled } from '../support/clock.ts'
import {
  createConnection,
  delivered,
  later,
  misconfigured,
  networkError,
  refused,
  status,
} from '../support/line.ts'
import { createSite } from '../support/site.ts'

const retries = (told: string[]): string[] => told.filter((line) => line.startsWith('retrying'))

/** Chance that is spread evenly, and the same in every run. */
function spread(): () => number {
  let turn = 0
  return () => (++turn * 0.618034) % 1
}

test('after failures in a row the pauses double from 5 seconds up to 80', async () => {
  const { clock, open } = createSite()
  const { add, told } = open(Array(7).fill(status(503)))
  add('a')
  await clock.advance(hour)
  assert.deepEqual(
    retries(told).map((line) => Number(line.split(' in ')[1])),
    [5000, 10_000, 20_000, 40_000, 80_000, 80_000, 80_000],
  )
  assert.equal(told.at(-1), 'delivered a')
})

test('a pause is as long as the listener hears, and chance takes off up to a half', async () => {
  const { clock, open } = createSite()
  const { add, told } = open([networkError], { time: { ...clock, random: () => 0.5 } })
  add('a')
  await clock.advance(3749)
  assert.deepEqual(told, ['sent a', 'retrying a in 3750'])
  await clock.advance(1)
  assert.deepEqual(told.slice(2), ['sent a', 'delivered a'])
})

for (const [what, answer] of [
  ['a delivery', delivered],
  ['a refusal', refused],
] as const) {
  test(`after ${what} the pauses begin anew`, async () => {
    const { clock, open } = createSite()
    const { add, told } = open([status(500), answer, status(500)])
    add('a')
    await clock.advance(minute)
    add('b')
    await clock.advance(minute)
    assert.deepEqual(retries(told), ['retrying a in 5000', 'retrying b in 5000'])
  })
}

for (const [chance, random, requests] of [
  ['is always against it', () => 0, 51],
  ['is even', () => 0.5, 66],
  ['varies', spread(), 66],
] as const) {
  test(`in an hour of 503 a tab makes ${requests} requests where chance ${chance}`, async () => {
    const { clock, open } = createSite()
    const { add, line } = open(() => status(503), { time: { ...clock, random } })
    add('a', 'b', 'c')
    await clock.advance(hour)
    assert.equal(line.sent.length, requests)
    assert.ok(requests < 100)
  })
}

test('a call each minute of an outage makes no more requests', async () => {
  const { clock, open } = createSite()
  const { add, line } = open(() => status(503), { time: { ...clock, random: () => 0.5 } })
  for (let call = 0; call < 60; call++) {
    add(`${call}`)
    await clock.advance(minute)
  }
  assert.ok(line.sent.length < 100, `${line.sent.length} requests`)
})

test('calls during a pause make no requests', async () => {
  const { clock, open } = createSite()
  const { add, line } = open([status(503)])
  add('a')
  await settled()
  for (let call = 0; call < 20; call++) add('b')
  await clock.advance(4999)
  assert.deepEqual(line.sent, ['a'])
})

test('a wrong set-up drops nothing, and is tried again after five minutes', async () => {
  const { clock, open } = createSite()
  const { add, told, stats } = open([misconfigured, misconfigured])
  add('a', 'b')
  await clock.advance(5 * minute - 1)
  assert.deepEqual(told, ['sent a', 'misconfigured 401, again in 300000'])
  assert.deepEqual(stats(), { queued: 2, inFlight: 0, delivered: 0, retried: 0, dropped: {} })
  await clock.advance(5 * minute)
  assert.deepEqual(told.slice(2, 4), ['sent a', 'misconfigured 401, again in 300000'])
  await clock.advance(5 * minute)
  assert.deepEqual(told.slice(4), ['sent a', 'delivered a', 'sent b', 'delivered b'])
  assert.equal(stats().retried, 2)
})

test('Retry-After is obeyed to the millisecond, in place of the usual pause', async () => {
  const { clock, open } = createSite()
  const { add, told } = open([status(429, 90_000), status(503)])
  add('a')
  await clock.advance(89_999)
  assert.deepEqual(told, ['sent a', 'retrying a in 90000'])
  await clock.advance(1)
  assert.deepEqual(told.slice(2), ['sent a', 'retrying a in 10000'])
  await clock.advance(10_000)
  assert.equal(told.at(-1), 'delivered a')
})

test('a Retry-After holds for all messages, and for the next page', async () => {
  const site = createSite()
  const first = site.open([status(503, 10_000)])
  first.add('a')
  await settled()
  first.add('b')
  first.onPageHide(false)
  await site.clock.advance(1)
  const { add, line } = site.open()
  add('c')
  await site.clock.advance(9998)
  assert.deepEqual([first.line.sent, first.line.sentAtExit, line.sent], [['a'], [], []])
  await site.clock.advance(1)
  assert.deepEqual(line.sent, ['a', 'b', 'c'])
})

test('offline, nothing is sent; online, everything goes at once', async () => {
  const { clock, open } = createSite()
  const connection = createConnection(true)
  const { add, told } = open([], { connection })
  add('a', 'b')
  await clock.advance(hour)
  assert.deepEqual(told, [])
  connection.set(false)
  await settled()
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('after a failure while offline a message waits for the connection only', async () => {
  const { clock, open } = createSite()
  const connection = createConnection()
  const answer = later()
  const { add, told } = open([answer.answer], { connection })
  add('a')
  await settled()
  connection.set(true)
  answer.say(networkError)
  await clock.advance(hour)
  assert.deepEqual(told, ['sent a', 'retrying a in 0'])
  connection.set(false)
  await settled()
  assert.deepEqual(told.slice(2), ['sent a', 'delivered a'])
})

test('a connection does not end the pause that the server asked for', async () => {
  const { clock, open, retryAfter } = createSite()
  const connection = createConnection(true)
  const { add, told } = open([], { connection })
  retryAfter.set(10_000)
  add('a')
  await settled()
  connection.set(false)
  await clock.advance(9999)
  assert.deepEqual(told, [])
  await clock.advance(1)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})

test('a listener to the connection is not left behind by each flush', async () => {
  let listening = 0
  const { add, flush } = createSite().open([], {
    connection: {
      isOffline: () => true,
      whenOnline(signal) {
        listening++
        return new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => {
            listening--
            resolve()
          }),
        )
      },
    },
  })
  add('a')
  for (let call = 0; call < 100; call++) await flush()
  assert.equal(listening, 1)
})
