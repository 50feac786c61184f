import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outcome } from '../../lib/delivery/outcome.ts'
import { hour, minute, settled } from '../support/clock.ts'
import {
  createConnection,
  delivered,
  forbidden,
  misconfigured,
  networkError,
  never,
  refused,
  status,
  timeout,
} from '../support/line.ts'
import { idOf } from '../support/message.ts'
import { createSite } from '../support/site.ts'

/** An endpoint that takes all messages but these. */
const poisonedBy =
  (outcome: Outcome, ...ids: string[]) =>
  (message: { messageId: string }): Outcome =>
    ids.includes(message.messageId) ? outcome : delivered

const deliveredIds = (told: string[]): string[] =>
  told.filter((line) => line.startsWith('delivered')).map((line) => line.split(' ')[1] ?? '')

for (const [what, outcome] of [
  ['403', forbidden],
  ['500', status(500)],
  ['a network error', networkError],
  ['a timeout', timeout],
] as const) {
  test(`a message that always meets ${what} does not hold up the others for longer than a minute`, async () => {
    const { clock, open } = createSite()
    const { add, told } = open(poisonedBy(outcome, 'bad'))
    add('a', 'bad', 'b', 'c')
    await clock.advance(minute)
    assert.deepEqual(deliveredIds(told), ['a', 'b', 'c'])
    assert.deepEqual(
      told.filter((line) => line.startsWith('misconfigured')),
      [],
    )
    add('d')
    await settled()
    assert.deepEqual(deliveredIds(told), ['a', 'b', 'c', 'd'], 'later calls go at once')
  })
}

test('three messages that the endpoint cannot stomach do not hold up the others', async () => {
  const { clock, open } = createSite()
  const { add, told } = open(poisonedBy(status(500), 'bad1', 'bad2', 'bad3'))
  add('bad1', 'bad2', 'a', 'bad3', 'b')
  await clock.advance(10 * minute)
  assert.deepEqual(deliveredIds(told), ['a', 'b'])
})

test('the pauses of a message that is set aside double from a minute to an hour', async () => {
  const { clock, open } = createSite()
  const { add, told } = open(poisonedBy(status(500), 'bad'))
  add('bad', 'a')
  await clock.advance(4 * hour)
  assert.deepEqual(
    told
      .filter((line) => line.startsWith('set aside'))
      .map((line) => Number(line.split(' for ')[1]) / minute),
    [1, 2, 4, 8, 16, 32, 60, 60, 60],
  )
})

test('a message that is set aside is delivered when the endpoint takes it after all', async () => {
  const { clock, open, stored } = createSite()
  const { add, line, told } = open(poisonedBy(status(500), 'bad'))
  add('bad', 'a')
  await clock.advance(minute)
  line.script([])
  await clock.advance(5 * minute)
  assert.deepEqual(deliveredIds(told), ['a', 'bad'])
  assert.deepEqual([stored.database.size, stored.journal.size], [0, 0])
})

test('flush tries a message that is set aside at once', async () => {
  const { clock, open } = createSite()
  const { add, flush, line } = open(poisonedBy(status(500), 'bad'))
  add('bad', 'a')
  await clock.advance(30_000)
  assert.equal(await flush(), false)
  line.script([])
  assert.equal(await flush(), true)
})

test('a message that is set aside expires', async () => {
  const { clock, open } = createSite()
  const { add, told } = open(poisonedBy(status(500), 'bad'), { maxAgeMs: hour })
  add('bad', 'a')
  await clock.advance(3 * hour)
  assert.equal(told.at(-1), 'dropped bad expired')
})

test('a message that is set aside is not sent as the page ends', async () => {
  const { clock, open } = createSite()
  const tab = open(poisonedBy(status(500), 'bad'))
  tab.add('bad', 'a')
  await clock.advance(minute)
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, [])
})

test('a message that is refused while it is set aside is dropped', async () => {
  const { clock, open } = createSite()
  const { add, line, told } = open(poisonedBy(status(500), 'bad'))
  add('bad', 'a')
  await clock.advance(minute)
  line.script([refused])
  await clock.advance(5 * minute)
  assert.equal(told.at(-1), 'dropped bad refused 400')
})

test('where the endpoint takes nothing, no message is set aside', async () => {
  const { clock, open } = createSite()
  const { add, told, line } = open(() => status(503))
  add('a', 'b', 'c')
  await clock.advance(hour)
  line.script([])
  await clock.advance(2 * minute)
  assert.deepEqual(deliveredIds(told), ['a', 'b', 'c'])
  assert.deepEqual(
    told.filter((line) => line.startsWith('set aside')),
    [],
  )
})

test('a 403 to two messages means that the set-up is wrong: everything waits, and is told once', async () => {
  const { clock, open } = createSite()
  const { add, told } = open(() => forbidden)
  add('a', 'b', 'c')
  await clock.advance(minute)
  assert.deepEqual(told, ['sent a', 'sent b', 'misconfigured 403, again in 300000'])
})

test('a 403 to the only message is told, and the next message is tried at once', async () => {
  const { clock, open } = createSite()
  const { add, told } = open(poisonedBy(forbidden, 'bad'))
  add('bad')
  await clock.advance(minute)
  assert.deepEqual(told, ['sent bad', 'misconfigured 403, again in 300000'])
  add('a')
  await settled()
  assert.deepEqual(deliveredIds(told), ['a'])
})

test('a 401 is the same for every message: no other one is tried', async () => {
  const { clock, open } = createSite()
  const { add, line } = open(() => misconfigured)
  add('a', 'b')
  await clock.advance(minute)
  assert.deepEqual(line.sent, ['a'])
})

test('a probe obeys Retry-After', async () => {
  const { clock, open } = createSite()
  const { add, line } = open([status(503), status(503, 30_000)])
  add('a', 'b')
  await clock.advance(5000 + 29_999)
  assert.deepEqual(line.sent, ['a', 'a'])
})

test('no probe goes while the browser is offline', async () => {
  const { clock, open } = createSite()
  const connection = createConnection()
  const { add, line } = open([status(503), status(503)], { connection })
  add('a')
  await clock.advance(5000)
  connection.set(true)
  add('b')
  await clock.advance(minute)
  assert.deepEqual(line.sent, ['a', 'a'])
})

test('a probe goes alone', async () => {
  const { clock, open } = createSite()
  const { add, line } = open((given) => (idOf(given) === 'bad' ? status(500) : never))
  add('bad', 'a', 'b', 'c')
  await clock.advance(hour)
  assert.deepEqual(line.sent, ['bad', 'bad', 'bad', 'a'])
})
