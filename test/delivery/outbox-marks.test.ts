import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settled } from '../support/clock.ts'
import { createConnection, delivered, later } from '../support/line.ts'
import { message } from '../support/message.ts'
import { createSite, type OutboxTab, type Site } from '../support/site.ts'
import { silent } from '../support/storage.ts'

async function opened(site: Site, given: Parameters<Site['outbox']>[0] = {}): Promise<OutboxTab> {
  await site.clock.advance(1)
  return site.outbox(given)
}

const leave = ({ close, life }: OutboxTab): void => {
  close()
  life.abort()
}

for (const [what, isSlow] of [
  ['the database knew in time', false],
  ['the database did not know before the page ended', true],
] as const) {
  test(`what is settled does not come back: ${what}`, async () => {
    const site = createSite()
    const first = await opened(site)
    const [a] = first.add('a', 'b')
    await settled()
    if (isSlow) first.database.trouble.delete = silent
    assert.ok(a)
    first.remove(a)
    if (!isSlow) await settled()
    leave(first)
    const next = await opened(site)
    await settled()
    assert.deepEqual(next.ids(), ['b'])
    assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 1])
  })
}

test('what is settled while the database is about to get it does not come back', async () => {
  const site = createSite()
  let put = (): void => {}
  const trouble = { put: () => new Promise<void>((resolve) => (put = resolve)) }
  const first = await opened(site, { trouble })
  const [a] = first.add('a')
  await settled()
  assert.ok(a)
  first.remove(a)
  put()
  await settled()
  leave(first)
  const next = await opened(site)
  assert.deepEqual([next.ids(), site.stored.journal.size, site.stored.database.size], [[], 0, 0])
})

test('what is dropped as soon as it is adopted from the journal goes from the database, too', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a', 'b')
  const journal = new Map(site.stored.journal)
  await settled()
  first.crash()
  for (const [key, text] of journal) site.stored.journal.set(key, text)
  await site.clock.advance(1)
  const connection = createConnection(true)
  const { told, leave } = site.open([], { maxMessages: 1, connection, trouble: { read: silent } })
  await settled()
  assert.deepEqual(told, ['dropped a overflow'])
  leave()
  assert.deepEqual((await opened(site)).ids(), ['b'])
})

test('a message that was delivered just before the page was left is not sent by the next', async () => {
  const site = createSite()
  const answer = later()
  const first = site.open([answer.answer])
  first.take(message('a'))
  await settled()
  first.database.trouble.delete = silent
  answer.say(delivered)
  await settled()
  first.leave()
  await site.clock.advance(1)
  const { told } = site.open()
  await settled()
  assert.deepEqual([first.told, told], [['sent a', 'delivered a'], []])
})
