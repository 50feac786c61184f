import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graceMs } from '../../lib/delivery/grace.ts'
import type { HandedOver } from '../../lib/delivery/outbox-types.ts'
import { settled } from '../support/clock.ts'
import { delivered, later, misconfigured, never } from '../support/line.ts'
import { createSite } from '../support/site.ts'

const readyWorker = () => {
  const handed: HandedOver[] = []
  return {
    handed,
    ids: () => handed.flatMap(({ texts }) => texts.map(({ text }) => text && JSON.parse(text).messageId)),
    worker: { prepare() {}, isReady: () => true, handOver: (given: HandedOver) => void handed.push(given) },
  }
}

test('a page that is being left begins no request, until it stays after all or the site asks for it', async () => {
  const { worker } = readyWorker()
  for (const target of ['site', 'elsewhere'] as const) {
    for (const goOn of ['stay', 'flush'] as const) {
      const tab = createSite().open([], { worker })
      tab.onNavigation(target)
      tab.add('a')
      await settled()
      assert.deepEqual(tab.told, [])
      if (goOn === 'stay') tab.onNavigation(undefined)
      else void tab.flush()
      await settled()
      assert.deepEqual(tab.told, ['sent a', 'delivered a'])
    }
  }
})

test('without a worker, a page that is left for another site still sends', async () => {
  const tab = createSite().open()
  tab.onNavigation('elsewhere')
  tab.add('a')
  await settled()
  assert.deepEqual(tab.told, ['sent a', 'delivered a'])
})

test('a page hands over what is in flight as well, and hears no more of it', async () => {
  const { worker, ids } = readyWorker()
  const { answer, say } = later()
  const site = createSite()
  const tab = site.open([answer], { worker })
  tab.add('a', 'b')
  await site.clock.advance(graceMs)
  tab.onNavigation('elsewhere')
  tab.add('c')
  tab.onPageHide(false)
  assert.deepEqual(ids(), ['c'], 'the database has the others')
  say(delivered)
  await settled()
  assert.deepEqual(tab.told, ['sent a'])
  assert.deepEqual(tab.stats().inFlight, 0)
})

test('a page tells the worker what is settled, but still in the database', async () => {
  const { worker, handed } = readyWorker()
  const { answer, say } = later()
  const { open, stored, clock } = createSite()
  const tab = open([answer], { worker })
  tab.add('a')
  await clock.advance(graceMs)
  const [key = ''] = stored.database.keys()
  say(delivered)
  for (let turns = 0; turns < 100 && !tab.told.includes('delivered a'); turns++) await Promise.resolve()
  tab.onPageHide(false)
  assert.deepEqual(handed[0]?.texts, [{ key, text: '', isJournaled: false }])
})

test('each call after the end of the page is handed over by itself', () => {
  const { worker, handed, ids } = readyWorker()
  const tab = createSite().open([never], { worker })
  tab.onPageHide(false)
  tab.add('late', 'later')
  assert.deepEqual(ids(), ['late', 'later'])
  assert.equal(handed.length, 3)
})

test('a page whose set-up is wrong hands nothing over', async () => {
  const { worker, handed } = readyWorker()
  const tab = createSite().open([misconfigured], { worker })
  tab.add('a')
  await settled()
  tab.onPageHide(false)
  assert.deepEqual(handed, [])
})

test('a session that makes way ends after the answer to its request, and leaves the rest in order', async () => {
  const { clock, open } = createSite()
  const { answer, say } = later()
  const worker = open([answer])
  worker.add('a', 'b', 'c')
  await settled()
  const page = open()
  const ended = worker.makeWay()
  await clock.advance(1000)
  assert.deepEqual(page.told, [], 'the request is still in flight')
  say(delivered)
  await clock.advance(1000)
  await ended
  assert.deepEqual(
    [worker.told, page.told],
    [
      ['sent a', 'delivered a'],
      ['sent b', 'delivered b', 'sent c', 'delivered c'],
    ],
  )
})
