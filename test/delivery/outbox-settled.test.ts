import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graceMs } from '../../lib/delivery/grace.ts'
import { minute, settled } from '../support/clock.ts'
import { createConnection, delivered, later } from '../support/line.ts'
import { createSite, type OutboxTab, type Site } from '../support/site.ts'
import { failing, once, silent, waiting } from '../support/storage.ts'

async function opened(site: Site, given: Parameters<Site['outbox']>[0] = {}): Promise<OutboxTab> {
  await site.clock.advance(1)
  return site.outbox(given)
}

for (const [what, isSlow] of [
  ['before the page ends', false],
  ['only after the page has ended', true],
] as const) {
  test(`a settled message does not come back where the database deletes it ${what}`, async () => {
    const site = createSite()
    const first = await opened(site)
    const [a] = first.add('a', 'b')
    await settled()
    if (isSlow) first.database.trouble.write = silent
    assert.ok(a, 'an entry')
    first.remove(a)
    if (!isSlow) await settled()
    first.end(false)
    const next = await opened(site)
    await settled()
    assert.deepEqual(next.ids(), ['b'])
    assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 1])
  })
}

test('a message that is settled while the database writes it does not come back', async () => {
  const site = createSite()
  const { trouble, end } = waiting()
  const first = await opened(site, { trouble: { write: trouble } })
  const [a] = first.add('a')
  await settled()
  assert.ok(a, 'an entry')
  first.remove(a)
  end()
  await settled()
  first.end(false)
  const next = await opened(site)
  assert.deepEqual([next.ids(), site.stored.journal.size, site.stored.database.size], [[], 0, 0])
})

test('a message that is settled in the task of its call never reaches the database', async () => {
  const site = createSite()
  const { add, remove, database } = await opened(site)
  const [a] = add('a')
  assert.ok(a, 'an entry')
  remove(a)
  await settled()
  assert.deepEqual([database.calls.write, site.stored.journal.size], [undefined, 0])
})

test('where the database fails to delete a settled message, the outbox asks again', async () => {
  const site = createSite()
  const { add, remove, database } = await opened(site)
  const [a] = add('a')
  await site.clock.advance(graceMs)
  database.trouble.write = once(failing)
  assert.ok(a, 'an entry')
  remove(a)
  await settled()
  assert.equal(site.stored.database.size, 1)
  await site.clock.advance(5000)
  assert.equal(site.stored.database.size, 0)
})

test('a message that is dropped as soon as it is claimed from the journal leaves the database, too', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a', 'b')
  const journal = new Map(site.stored.journal)
  await settled()
  first.crash()
  for (const [key, text] of journal) site.stored.journal.set(key, text)
  await site.clock.advance(1)
  const connection = createConnection(true)
  const { told, onPageHide } = site.open([], { maxMessages: 1, connection, trouble: { read: silent } })
  await site.clock.advance(1000)
  assert.deepEqual(told, ['dropped a overflow'])
  onPageHide(false)
  assert.deepEqual((await opened(site)).ids(), ['b'])
})

test('a message that was delivered just before the page was left is not sent by the next', async () => {
  const site = createSite()
  const answer = later()
  const first = site.open([answer.answer])
  first.add('a')
  await settled()
  first.database.trouble.write = silent
  answer.say(delivered)
  await settled()
  first.onPageHide(false)
  await site.clock.advance(1)
  const { told } = site.open()
  await settled()
  assert.deepEqual([first.told, told], [['sent a', 'delivered a'], []])
})

test('the line that a dying page wrote, and that shows only after its message is settled, does not come back', async () => {
  const site = createSite()
  const first = await opened(site)
  const [a] = first.add('a')
  await site.clock.advance(graceMs)
  const second = await opened(site)
  const messenger = await opened(site)
  const [key = '', text = ''] = [...site.stored.database].find(([key]) => key === a?.key) ?? []
  await site.clock.advance(3000)
  first.crash()
  await site.clock.advance(10_000)
  const [claimed] = second.entries()
  assert.ok(claimed, 'the second page has claimed the message')
  second.remove(claimed)
  await settled()
  site.stored.database.set(key, text)
  messenger.journal.write(key, text)
  await settled()
  assert.deepEqual([second.ids(), messenger.ids()], [[], []])
  assert.deepEqual([site.stored.database.size, site.stored.journal.size], [0, 0])
})

test('a settled key of another page is remembered for a minute, and then forgotten', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a', 'b')
  await site.clock.advance(graceMs)
  const key = [...site.stored.database.keys()][0] ?? ''
  const text = site.stored.database.get(key) ?? ''
  first.crash()
  const second = await opened(site)
  const writer = await opened(site)
  const [a] = second.entries()
  assert.ok(a, 'an entry')
  second.remove(a)
  await site.clock.advance(minute - 1000)
  writer.journal.write(key, text)
  await settled()
  assert.equal(site.stored.journal.size, 0)
  await site.clock.advance(minute)
  writer.journal.write(key, text)
  await settled()
  assert.deepEqual(second.ids(), ['a', 'b'], 'a message goes twice rather than being lost')
})
