import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Entry, queueName } from '../../lib/delivery/entry.ts'
import { settled } from '../support/clock.ts'
import { message } from '../support/message.ts'
import { createSite, type OutboxTab, type Site } from '../support/site.ts'
import { silent } from '../support/storage.ts'

const otherQueue = queueName('https://ue.example/', 'other')

/** The tabs open one millisecond after each other. */
async function opened(site: Site, given: Parameters<Site['outbox']>[0] = {}): Promise<OutboxTab> {
  await site.clock.advance(1)
  return site.outbox(given)
}

/** Whether another tab would take over what this one has in its journal. */
const hasHeir = ({ hasHeirOf }: OutboxTab): boolean => hasHeirOf({ journaled: true } as Entry)

/** A page that ends properly. */
const leave = ({ close, life }: OutboxTab): void => {
  close()
  life.abort()
}

for (const [what, ends] of [
  ['while it is only noted', ({ note }) => void note(message('a'))],
  ['in the task in which it was queued', ({ add }) => void add('a')],
  [
    'before the database has it',
    async ({ add, database }) => {
      database.trouble.put = silent
      add('a')
      await settled()
    },
  ],
  [
    'after the database has it',
    async ({ add }) => {
      add('a')
      await settled()
    },
  ],
] satisfies [string, (tab: OutboxTab) => void | Promise<void>][]) {
  for (const [how, end] of [
    ['crashes', ({ crash }: OutboxTab) => crash()],
    ['is left', leave],
  ] as const) {
    test(`a message survives when its page ${how} ${what}`, async () => {
      const site = createSite()
      const first = await opened(site)
      await ends(first)
      end(first)
      const next = await opened(site)
      await settled()
      assert.deepEqual([next.ids(), next.told], [['a'], ['adopted 1']])
    })
  }
}

test('a message that both journal and database hold is adopted once', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a')
  const journal = new Map(site.stored.journal)
  await settled()
  assert.equal(site.stored.journal.size, 0)
  first.crash()
  for (const [key, text] of journal) site.stored.journal.set(key, text)
  const next = await opened(site)
  assert.deepEqual([next.ids(), next.told], [['a'], ['adopted 1']])
  await settled()
  assert.deepEqual([site.stored.journal.size, site.stored.database.size], [0, 1])
})

test('what several pages left behind is put in the order of their calls', async () => {
  const site = createSite()
  const connected = await opened(site)
  connected.add('a', 'b')
  await settled()
  const journaling = await opened(site, { trouble: { put: silent } })
  journaling.add('c', 'd')
  const third = await opened(site)
  third.add('e')
  await settled()
  for (const tab of [third, connected, journaling]) tab.crash()
  const next = await opened(site)
  next.add('f')
  assert.deepEqual(next.ids(), ['a', 'b', 'c', 'd', 'e', 'f'])
})

test('what comes late is put in its place, before what is newer', async () => {
  const site = createSite()
  const [first, second] = [await opened(site), await opened(site)]
  first.add('a')
  second.add('b')
  await settled()
  first.crash()
  await settled()
  assert.deepEqual(second.ids(), ['a', 'b'])
})

test('what a living tab has is not taken over before it ends', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a', 'b')
  await settled()
  const second = await opened(site)
  assert.deepEqual(second.ids(), [])
  leave(first)
  await settled()
  assert.deepEqual(second.ids(), ['a', 'b'])
})

test('of two tabs that wait for one that ends, only one takes over, and the other after that', async () => {
  const site = createSite()
  const first = await opened(site)
  first.add('a')
  await settled()
  const [second, third] = [await opened(site), await opened(site)]
  third.add('c')
  await settled()
  first.crash()
  await settled()
  assert.deepEqual([second.ids(), third.ids()], [['a'], ['c']])
  second.crash()
  await settled()
  assert.deepEqual(third.ids(), ['a', 'c'])
})

test('what was settled by the one that took over does not reach the one after it', async () => {
  const site = createSite()
  const first = await opened(site)
  const [a] = first.add('a', 'b')
  await settled()
  const [second, third] = [await opened(site), await opened(site)]
  first.crash()
  await settled()
  for (const entry of second.waiting()) if (entry.key === a?.key) second.remove(entry)
  leave(second)
  await settled()
  assert.deepEqual([second.ids(), third.ids()], [['b'], ['b']])
})

test('what a page wrote as it died, and shows only after another has settled it, does not come back', async () => {
  const site = createSite()
  const first = await opened(site)
  const [a] = first.add('a')
  await settled()
  const [second, messenger] = [await opened(site), await opened(site)]
  const [key = '', text = ''] = [...site.stored.database].find(([key]) => key === a?.key) ?? []
  first.crash()
  await settled()
  for (const entry of second.waiting()) second.remove(entry)
  await settled()
  site.stored.database.set(key, text)
  messenger.journal.write(key, text)
  await settled()
  assert.deepEqual([second.ids(), messenger.ids()], [[], []])
  assert.deepEqual([site.stored.database.size, site.stored.journal.size], [0, 0])
})

test('tabs of one queue know of each other as soon as one has a message; of another queue they do not', async () => {
  const site = createSite()
  const [first, second] = [await opened(site), await opened(site)]
  const other = await opened(site, { queue: otherQueue })
  other.add('x')
  await settled()
  assert.deepEqual([hasHeir(first), hasHeir(second)], [false, false])
  first.add('a')
  await settled()
  assert.deepEqual([hasHeir(first), hasHeir(second), hasHeir(other)], [true, true, false])
  leave(second)
  await settled()
  assert.equal(hasHeir(first), false)
})

test('a message is ours until another tab has settled it', async () => {
  const site = createSite()
  const { add, isOurs } = await opened(site)
  const [a] = add('a')
  assert.ok(a)
  assert.equal(await isOurs(a), true)
  await settled()
  assert.equal(await isOurs(a), true)
  site.stored.database.clear()
  assert.equal(await isOurs(a), false)
})

test('a page that comes back has no more what another settled, though only the journal held it', async () => {
  const site = createSite()
  const { add, begin, ids, life } = await opened(site, { trouble: { put: silent } })
  add('a', 'b')
  await settled()
  life.abort()
  const other = await opened(site)
  for (const entry of other.waiting()) if (entry.message.messageId === 'a') other.remove(entry)
  await settled()
  leave(other)
  await site.clock.advance(1)
  void begin(new AbortController().signal)
  await settled()
  assert.deepEqual(ids(), ['b'])
})
