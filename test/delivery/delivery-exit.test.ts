import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minute, settled } from '../support/clock.ts'
import {
  createConnection,
  delivered,
  later,
  misconfigured,
  never,
  refused,
  status,
  unanswered,
} from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite, type DeliveryTab } from '../support/site.ts'
import { silent } from '../support/storage.ts'

const leaving = ({ told }: DeliveryTab): string[] =>
  told.filter((line) => line.startsWith('leaving')).map((line) => line.split(' ')[2] ?? '')
const takeAll = ({ take }: DeliveryTab, ...ids: string[]): void => {
  for (const id of ids) take(message(id))
}

test('when the page ends, all that waits goes at once and in order, within the task', () => {
  const tab = createSite().open(Array(3).fill(never))
  takeAll(tab, 'a', 'b', 'c')
  tab.leave()
  assert.deepEqual(leaving(tab), ['a', 'b', 'c'])
  assert.deepEqual(tab.stats(), { queued: 0, inFlight: 3, delivered: 0, retried: 0, dropped: {} })
})

test('noted messages go too, behind those that were taken', () => {
  const tab = createSite().open()
  tab.note(message('b'))
  takeAll(tab, 'a')
  tab.leave()
  assert.deepEqual(leaving(tab), ['a', 'b'])
})

test('what has no room to outlive the page stays stored; what is smaller still goes', async () => {
  const { open, stored } = createSite()
  const tab = open([never, 'no room', never])
  takeAll(tab, 'a', 'b', 'c')
  tab.leave()
  await settled()
  assert.deepEqual(leaving(tab), ['a', 'c'])
  assert.equal(stored.database.size, 3)
})

test('one that is in flight is not sent a second time', async () => {
  const tab = createSite().open([never])
  takeAll(tab, 'a', 'b')
  await settled()
  tab.leave()
  assert.deepEqual(tab.told.slice(0, 2), ['sent a', 'leaving with b'])
})

test('a failed message that rests goes too', async () => {
  const { clock, open } = createSite()
  const tab = open([...Array(6).fill(unanswered)])
  takeAll(tab, 'a', 'b')
  await clock.advance(minute / 3)
  tab.leave()
  assert.deepEqual(leaving(tab), ['a', 'b'])
})

for (const [ago, goes] of [
  [499, ['b']],
  [500, ['a', 'b']],
] as const) {
  test(`a request that failed ${ago} ms before the end: ${goes.join(' and ')} go`, async () => {
    const site = createSite()
    const tab = site.open([status(500), unanswered])
    takeAll(tab, 'a', 'b')
    await site.clock.advance(500 + ago)
    assert.equal(tab.told.length, 4)
    tab.leave()
    assert.deepEqual(leaving(tab), goes)
  })
}

test('a server’s answer just before the end cuts nothing off: the message goes', async () => {
  const tab = createSite().open([status(503)])
  takeAll(tab, 'a')
  await settled()
  tab.leave()
  assert.deepEqual(leaving(tab), ['a'])
})

test('nothing goes while the set-up is wrong, not even right after a flush', async () => {
  const tab = createSite().open([misconfigured, misconfigured])
  takeAll(tab, 'a')
  await settled()
  await tab.flush()
  tab.leave()
  assert.deepEqual(leaving(tab), [])
})

test('nothing goes while the server is left alone, whichever page it told', () => {
  const { open, serverWait } = createSite()
  const tab = open()
  takeAll(tab, 'a')
  serverWait.set(minute)
  tab.leave()
  assert.deepEqual(leaving(tab), [])
})

test('nothing goes while the browser is offline', () => {
  const tab = createSite().open([], { connection: createConnection(true) })
  takeAll(tab, 'a')
  tab.leave()
  assert.deepEqual(leaving(tab), [])
})

test('what is not to be sent at all does not go: expired, or not agreed to', async () => {
  const { clock, open } = createSite()
  let isAgreed = true
  const tab = open([never], {
    maxAgeMs: minute,
    objection: ({ messageId }) => (isAgreed || messageId === 'c' ? undefined : 'consent'),
  })
  takeAll(tab, 'x', 'a')
  await clock.advance(minute + 1)
  takeAll(tab, 'b', 'c')
  isAgreed = false
  tab.leave()
  assert.deepEqual(leaving(tab), ['c'])
})

test('nothing goes where another tab lives that will send it', async () => {
  const site = createSite()
  const [tab, other] = [site.open([never]), site.open()]
  takeAll(tab, 'a', 'b')
  await settled()
  tab.leave()
  assert.deepEqual(leaving(tab), [])
  await settled()
  assert.deepEqual(
    other.told.filter((line) => line.startsWith('sent')),
    ['sent a', 'sent b'],
  )
})

for (const [what, isFull] of [
  ['neither journal nor database could keep', true],
  ['the journal keeps', false],
] as const) {
  test(`beside a living tab, what ${what} ${isFull ? 'goes' : 'is left to it'} when the page ends`, async () => {
    const site = createSite()
    const [tab, other] = [
      site.open([delivered, never]),
      site.open([], { connection: createConnection(true) }),
    ]
    takeAll(tab, 'a')
    takeAll(other, 'x')
    await settled()
    tab.journal.isFull = isFull
    tab.database.trouble.put = silent
    takeAll(tab, 'b')
    tab.leave()
    assert.deepEqual(leaving(tab), isFull ? ['b'] : [])
  })
}

test('a message is completed with what is known when the page ends', () => {
  const completed: unknown[] = []
  const tab = createSite().open([], {
    complete: { now: (given) => ({ ...given, os: 'known' }), soon: () => new Promise(() => {}) },
    async send(given) {
      completed.push(given.os)
      return delivered
    },
  })
  takeAll(tab, 'a')
  tab.leave()
  assert.deepEqual(completed, ['known'])
})

test('what is taken after its noting has gone does nothing a second time', async () => {
  const tab = createSite().open([refused])
  const noted = tab.note(message('a'))
  tab.leave()
  tab.take(message('a'), noted)
  await settled()
  assert.deepEqual(tab.told, ['leaving with a', 'dropped a refused 400'])
})

test('what is noted or taken after the end goes at once', async () => {
  const tab = createSite().open([never, later().answer])
  tab.leave()
  const noted = tab.note(message('a'))
  assert.deepEqual(tab.told, ['leaving with a'])
  tab.take(message('a'), noted)
  if (noted) tab.release(noted)
  tab.take(message('b'))
  await settled()
  assert.deepEqual(leaving(tab), ['a', 'b'])
})
