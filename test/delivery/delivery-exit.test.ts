import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graceMs } from '../../lib/delivery/grace.ts'
import type { HandedOver } from '../../lib/delivery/outbox-types.ts'
import type { Message } from '../../protocol/message.ts'
import { minute, settled } from '../support/clock.ts'
import {
  createConnection,
  delivered,
  misconfigured,
  networkError,
  never,
  refused,
  status,
} from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite, type DeliveryTab, type Site } from '../support/site.ts'
import { silent } from '../support/storage.ts'

const isOffline = () => ({ connection: createConnection(true) })

const marksOf = ({ stored }: Site): string[] =>
  [...stored.journal.keys()].filter((key) => key.startsWith('userengage:exits:'))

test('as the page ends, all messages go at once and in order, within the task', () => {
  const tab = createSite().open([never, never, never])
  tab.add('a', 'b', 'c')
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, ['a', 'b', 'c'])
  assert.deepEqual(tab.stats(), { queued: 0, inFlight: 3, delivered: 0, retried: 0, dropped: {} })
})

test('captured messages go too, behind those that were enqueued', () => {
  const tab = createSite().open()
  tab.capture(message('b'))
  tab.add('a')
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, ['a', 'b'])
})

test('where the browser has no room for a message, it stays stored, and so does what is behind it', async () => {
  const { open, stored } = createSite()
  const tab = open([never, 'no room', never])
  tab.add('a', 'b', 'c')
  tab.onPageHide(false)
  await settled()
  assert.deepEqual(tab.line.sentAtExit, ['a'])
  assert.equal([...stored.journal.keys()].filter((key) => !key.includes(':exits:')).length, 3)
})

test('a message in flight does not go a second time', async () => {
  const tab = createSite().open([never])
  tab.add('a', 'b')
  await settled()
  tab.onPageHide(false)
  assert.deepEqual(tab.told.slice(0, 2), ['sent a', 'sent b at exit'])
})

test('a message that pauses before a short repeat goes', async () => {
  const tab = createSite().open((_, { isExit, onPause }) => {
    if (isExit) return never
    return settled().then(() => {
      onPause?.(true)
      return never
    })
  })
  tab.add('a')
  await settled()
  await settled()
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, ['a'])
  assert.equal(tab.line.attempts[0]?.signal?.aborted, true, 'the repeat itself is cancelled')
})

test('ordinary backoff does not keep a message back', async () => {
  const { clock, open } = createSite()
  const tab = open(Array(6).fill(networkError))
  tab.add('a', 'b')
  await clock.advance(minute / 3)
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, ['a', 'b'])
})

for (const [ago, ids] of [
  [499, ['b']],
  [500, ['a', 'b']],
] as const) {
  test(`where the request of a failed ${ago} ms before the end, the page sends ${ids.join(' and ')}`, async () => {
    const site = createSite()
    const tab = site.open([networkError])
    tab.add('a', 'b')
    await site.clock.advance(ago)
    assert.deepEqual(tab.line.sent, ['a'])
    tab.onPageHide(false)
    assert.deepEqual(tab.line.sentAtExit, ids)
  })
}

test('a server that answered just before the end was not cancelled by it: the message goes', async () => {
  const tab = createSite().open([status(503)])
  tab.add('a')
  await settled()
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, ['a'])
})

test('nothing goes while the set-up is wrong, not even right after a flush', async () => {
  const tab = createSite().open([misconfigured, misconfigured])
  tab.add('a')
  await settled()
  await tab.flush()
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, [])
})

test('nothing goes while the server asks to be left alone, whichever page it asked', () => {
  const { open, retryAfter } = createSite()
  const tab = open()
  tab.add('a')
  retryAfter.set(minute)
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, [])
})

test('nothing goes while the browser is offline', () => {
  const tab = createSite().open([], isOffline())
  tab.add('a')
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, [])
})

test('expired messages, and those without consent, do not go', async () => {
  const { clock, open } = createSite()
  let isAgreed = true
  const tab = open([never], {
    maxAgeMs: minute,
    blockedBy: ({ messageId }) => (isAgreed || messageId === 'c' ? undefined : 'consent'),
  })
  tab.add('x', 'a')
  await clock.advance(minute + 1)
  tab.add('b', 'c')
  isAgreed = false
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, ['c'])
})

test('where the next page is of the same site, nothing goes, and that page sends everything once', async () => {
  const site = createSite()
  const tab = site.open([never])
  tab.add('a', 'b')
  await settled()
  tab.capture(message('c'))
  tab.onPageHide(true)
  assert.deepEqual(tab.line.sentAtExit, [])
  await settled()
  const next = site.open()
  await settled()
  assert.deepEqual(next.line.sent, ['a', 'b', 'c'])
  assert.deepEqual(marksOf(site), [])
})

test('where the next page is of the same site, a message that is stored nowhere goes all the same', async () => {
  const tab = createSite().open([never, never])
  tab.add('a')
  await settled()
  tab.journal.isFull = true
  tab.database.trouble.write = silent
  tab.add('b')
  tab.onPageHide(true)
  assert.deepEqual(tab.line.sentAtExit, ['b'])
})

test('where another tab has just proved that it runs, nothing goes, and that tab sends everything once', async () => {
  const site = createSite()
  const [tab, other] = [site.open([never]), site.open()]
  tab.add('a', 'b')
  await settled()
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, [])
  await settled()
  assert.deepEqual(other.line.sent, ['a', 'b'])
})

for (const [what, given, change] of [
  ['is frozen', {}, ({ channel }) => channel.freeze()],
  ['has crashed', {}, (other) => other.crash()],
  ['is a frame', { isTopLevel: false }, () => {}],
  ['is a second copy of the plugin in the same document', { document: 0 }, () => {}],
] satisfies [string, object, (other: DeliveryTab) => void][]) {
  test(`where the other tab ${what}, the page does not count on it`, async () => {
    const site = createSite()
    const [tab, other] = [site.open([never, never]), site.open([], given)]
    await settled()
    change(other)
    tab.add('a', 'b')
    await settled()
    tab.onPageHide(false)
    assert.deepEqual(tab.line.sentAtExit, ['b'])
  })
}

test('where the other tab last proved five seconds ago that it runs, the page does not count on it', async () => {
  const site = createSite()
  const [tab, other] = [site.open([never, never]), site.open()]
  tab.add('a', 'b')
  await settled()
  other.channel.freeze()
  await site.clock.advance(5000)
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, ['b'])
})

test('a frame counts on no page', async () => {
  const site = createSite()
  const [frame] = [site.open([never, never], { isTopLevel: false }), site.open()]
  frame.add('a', 'b')
  await settled()
  frame.onPageHide(false)
  assert.deepEqual(frame.line.sentAtExit, ['b'])
})

for (const [what, isFull, sentAtExit] of [
  ['a message that neither journal nor database could keep goes', true, ['b']],
  ['a message that the journal keeps is left to that tab', false, []],
] as const) {
  test(`beside a running tab, ${what} as the page ends`, async () => {
    const site = createSite()
    const [tab] = [site.open([never, never]), site.open()]
    tab.add('a')
    await settled()
    tab.journal.isFull = isFull
    tab.database.trouble.write = silent
    tab.add('b')
    tab.onPageHide(false)
    assert.deepEqual(tab.line.sentAtExit, sentAtExit)
  })
}

test('a message is enriched with what is known when the page ends', () => {
  const enriched: unknown[] = []
  const tab = createSite().open([], {
    enrich: { withKnown: (given) => ({ ...given, os: 'known' }), whenReady: () => new Promise(() => {}) },
    async send(given) {
      enriched.push(given.os)
      return delivered
    },
  })
  tab.add('a')
  tab.onPageHide(false)
  assert.deepEqual(enriched, ['known'])
})

test('a captured message that went as the page ended does not go again when it is enqueued', async () => {
  const tab = createSite().open([refused])
  const captured = tab.capture(message('a'))
  tab.onPageHide(false)
  tab.enqueue(message('a'), captured)
  await settled()
  assert.deepEqual(tab.told, ['sent a at exit', 'dropped a refused 400'])
})

test('a call after the end goes at once, captured or enqueued', async () => {
  const tab = createSite().open([never, never])
  tab.onPageHide(false)
  const captured = tab.capture(message('a'))
  assert.deepEqual(tab.told, ['sent a at exit'])
  tab.enqueue(message('a'), captured)
  if (captured) tab.discard(captured)
  tab.enqueue(message('b'))
  await settled()
  assert.deepEqual(tab.line.sentAtExit, ['a', 'b'])
})

test('a call after the end is left to the next page of the same site', async () => {
  const site = createSite()
  const tab = site.open()
  tab.onPageHide(true)
  tab.capture(message('a'))
  tab.enqueue(message('b'))
  assert.deepEqual(tab.line.sentAtExit, [])
  await settled()
  const next = site.open()
  await settled()
  assert.deepEqual(next.line.sent, ['a', 'b'])
})

test('a second pagehide does nothing', () => {
  const tab = createSite().open([never])
  tab.add('a')
  tab.onPageHide(false)
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, ['a'])
})

test('a message without an answer goes at three exits, and then waits for a page that reads the answer', async () => {
  const site = createSite()
  const enrich = { withKnown: (given: Message) => given, whenReady: () => new Promise(() => {}) }
  const exits: string[] = []
  for (let visit = 0; visit < 5; visit++) {
    const page = site.open([never], { enrich })
    if (visit === 0) page.add('a')
    await site.clock.advance(1000)
    page.onPageHide(false)
    exits.push(page.line.sentAtExit.join())
    page.crash()
    await site.clock.advance(1000)
  }
  assert.deepEqual(exits, ['a', 'a', 'a', '', ''])
  const last = site.open()
  await site.clock.advance(1000)
  assert.deepEqual(last.told, ['sent a', 'delivered a'])
  assert.deepEqual(marksOf(site), [])
})

test('with atExit "resend", the next page sends again what a page sent as it ended', async () => {
  const site = createSite()
  const tab = site.open([delivered, never])
  tab.add('a')
  await settled()
  tab.add('b')
  await settled()
  tab.add('c')
  tab.onPageHide(false)
  tab.crash()
  await settled()
  const next = site.open()
  await settled()
  assert.deepEqual([tab.line.sentAtExit, next.line.sent], [['c'], ['b', 'c']])
})

test('with atExit "trust", what a page sent as it ended counts as delivered after a 2xx', async () => {
  const site = createSite()
  const tab = site.open([delivered, never], { atExit: 'trust' })
  tab.add('a')
  await settled()
  tab.capture(message('b'))
  tab.onPageHide(false)
  assert.deepEqual(tab.told, ['sent a', 'delivered a', 'sent b at exit', 'delivered b'])
  await settled()
  tab.crash()
  const next = site.open()
  await settled()
  assert.deepEqual([next.told, marksOf(site)], [[], []])
})

test('with atExit "trust", a page that comes back waits for no answer to what it sent as it ended', async () => {
  const site = createSite()
  const tab = site.open([delivered, never, delivered], { atExit: 'trust' })
  tab.add('a')
  await settled()
  tab.capture(message('b'))
  tab.onPageHide(false)
  tab.onPageRestore()
  await settled()
  tab.add('c')
  await settled()
  assert.deepEqual([tab.told.at(-1), await tab.flush()], ['delivered c', true])
})

for (const [what, script] of [
  ['before any answer', []],
  ['after a 503', [status(503)]],
  ['after a refusal', [refused]],
] as const) {
  test(`with atExit "trust", ${what} what a page sent as it ended goes again`, async () => {
    const site = createSite()
    const tab = site.open([...script, never, never], { atExit: 'trust' })
    if (script.length > 0) {
      tab.add('a')
      await settled()
    }
    tab.capture(message('b'))
    tab.onPageHide(false)
    tab.crash()
    await settled()
    const next = site.open()
    await site.clock.advance(minute)
    assert.ok(tab.line.sentAtExit.includes('b') && next.line.sent.includes('b'))
  })
}

test('a page hands what waits over to a worker that is ready', async () => {
  const handed: [texts: string[], leases: readonly string[]][] = []
  let isReady = false
  let preparations = 0
  const worker = {
    prepare: () => void preparations++,
    isReady: () => isReady,
    handOver: ({ texts, leases }: HandedOver) =>
      void handed.push([texts.map(({ text }) => JSON.parse(text).messageId), leases]),
  }
  const { open, stored, clock } = createSite()
  const tab = open([never], { worker })
  assert.equal(preparations, 0, 'nothing waits')
  tab.add('a')
  assert.equal(preparations, 1)
  await clock.advance(graceMs)
  isReady = true
  tab.add('b')
  const [lease = ''] = [...stored.database.keys()].map((key) => key.split(':').slice(0, 5).join(':'))
  tab.onPageHide(false)
  assert.deepEqual(tab.line.sentAtExit, [])
  assert.deepEqual(handed, [[['b'], [`${lease}:`]]], 'the database has a already')
})
