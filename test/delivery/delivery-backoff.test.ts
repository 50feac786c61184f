import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hour, minute, settled } from '../support/clock.ts'
import {
  createConnection,
  delivered,
  later,
  misconfigured,
  refused,
  status,
  unanswered,
} from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite } from '../support/site.ts'

const retries = (told: string[]): string[] => told.filter((line) => line.startsWith('retrying'))
const sent = (told: string[]): string[] => told.filter((line) => line.startsWith('sent'))

/** Chance that is spread evenly, and the same in every run. */
function spread(): () => number {
  let turn = 0
  return () => (++turn * 0.618034) % 1
}

test('after failures in a row the waits double, up to a minute', async () => {
  const { clock, open } = createSite()
  const { take, told } = open(Array(9).fill(status(503)))
  take(message('a'))
  await clock.advance(hour)
  assert.deepEqual(
    retries(told).map((line) => Number(line.split(' in ')[1])),
    [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000],
  )
  assert.equal(told.at(-1), 'delivered a')
})

test('a wait is as long as is told, and shorter by a random part of its half', async () => {
  const { clock, open } = createSite()
  const { take, told } = open([unanswered], { time: { ...clock, random: () => 0.5 } })
  take(message('a'))
  await clock.advance(374)
  assert.deepEqual(told, ['sent a', 'retrying a in 375'])
  await clock.advance(1)
  assert.deepEqual(told.slice(2), ['sent a', 'delivered a'])
})

for (const [what, answer] of [
  ['a delivery', delivered],
  ['a refusal', refused],
] as const) {
  test(`after ${what} the waits begin anew`, async () => {
    const { clock, open } = createSite()
    const { take, told } = open([status(500), status(500), answer, status(500)])
    for (const id of ['a', 'b']) take(message(id))
    await clock.advance(minute)
    assert.deepEqual(retries(told), ['retrying a in 500', 'retrying a in 1000', 'retrying b in 500'])
  })
}

for (const [chance, random, requests] of [
  ['is always against it', () => 0, 66],
  ['is even', () => 0.5, 86],
  ['varies', spread(), 87],
] as const) {
  test(`in one hour of outage a tab makes ${requests} requests where chance ${chance}`, async () => {
    const { clock, open } = createSite()
    const { take, told } = open(Array(500).fill(status(503)), { time: { ...clock, random } })
    for (const id of ['a', 'b', 'c']) take(message(id))
    await clock.advance(hour)
    assert.equal(sent(told).length, requests)
    assert.ok(requests < 100)
    assert.deepEqual(new Set(sent(told)), new Set(['sent a']))
  })
}

test('calls during an outage make no requests', async () => {
  const { clock, open } = createSite()
  const { take, told } = open([status(503)])
  take(message('a'))
  await settled()
  for (let call = 0; call < 20; call++) take(message('b'))
  await clock.advance(499)
  assert.deepEqual(sent(told), ['sent a'])
})

test('a wrong set-up drops nothing, and is tried again after five minutes', async () => {
  const { clock, open } = createSite()
  const { take, told, stats } = open([misconfigured, misconfigured])
  for (const id of ['a', 'b']) take(message(id))
  await clock.advance(5 * minute - 1)
  assert.deepEqual(told, ['sent a', 'misconfigured 403, again in 300000'])
  assert.deepEqual(stats(), { queued: 2, inFlight: 0, delivered: 0, retried: 0, dropped: {} })
  await clock.advance(5 * minute)
  assert.deepEqual(told.slice(2, 4), ['sent a', 'misconfigured 403, again in 300000'])
  await clock.advance(5 * minute)
  assert.deepEqual(told.slice(4), ['sent a', 'delivered a', 'sent b', 'delivered b'])
  assert.equal(stats().retried, 2)
})

test('Retry-After is obeyed to the millisecond, in place of the usual wait', async () => {
  const { clock, open } = createSite()
  const { take, told } = open([status(429, 90_000), status(503)])
  take(message('a'))
  await clock.advance(89_999)
  assert.deepEqual(told, ['sent a', 'retrying a in 90000'])
  await clock.advance(1)
  assert.deepEqual(told.slice(2), ['sent a', 'retrying a in 1000'])
  await clock.advance(1000)
  assert.equal(told.at(-1), 'delivered a')
})

test('a Retry-After holds for all messages, and for the next page', async () => {
  const site = createSite()
  const first = site.open([status(503, 10_000)])
  first.take(message('a'))
  await settled()
  first.take(message('b'))
  first.leave()
  await site.clock.advance(1)
  const { take, told } = site.open()
  take(message('c'))
  await site.clock.advance(9998)
  assert.deepEqual([sent(first.told), told], [['sent a'], []])
  await site.clock.advance(1)
  assert.deepEqual(sent(told), ['sent a', 'sent b', 'sent c'])
})

test('offline, nothing is sent; online, all goes at once', async () => {
  const { clock, open } = createSite()
  const connection = createConnection(true)
  const { take, told } = open([], { connection })
  for (const id of ['a', 'b']) take(message(id))
  await clock.advance(hour)
  assert.deepEqual(told, [])
  connection.set(false)
  await settled()
  assert.deepEqual(told, ['sent a', 'delivered a', 'sent b', 'delivered b'])
})

test('after a failure while offline only the connection is waited for, no time', async () => {
  const { clock, open } = createSite()
  const connection = createConnection()
  const answer = later()
  const { take, told } = open([answer.answer], { connection })
  take(message('a'))
  await settled()
  connection.set(true)
  answer.say(unanswered)
  await clock.advance(hour)
  assert.deepEqual(told, ['sent a', 'retrying a in 0'])
  connection.set(false)
  await settled()
  assert.deepEqual(told.slice(2), ['sent a', 'delivered a'])
})

test('a connection does not end the wait that the server asked for', async () => {
  const { clock, open, serverWait } = createSite()
  const connection = createConnection(true)
  const { take, told } = open([], { connection })
  serverWait.set(10_000)
  take(message('a'))
  await settled()
  connection.set(false)
  await clock.advance(9999)
  assert.deepEqual(told, [])
  await clock.advance(1)
  assert.deepEqual(told, ['sent a', 'delivered a'])
})
