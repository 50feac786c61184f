import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settled } from '../support/clock.ts'
import { createSite, type OutboxTab, type Site } from '../support/site.ts'

async function opened(site: Site, maxMessages: number): Promise<OutboxTab> {
  await site.clock.advance(1)
  return site.outbox({ maxMessages })
}

for (const [first, second, evicted] of [
  [['a1', 'a2'], ['b1'], []],
  [['a1', 'a2'], ['b1', 'b2'], ['a1']],
  [['i1', 'a2'], ['b1', 'b2'], ['a2']],
  [['i1', 'i2'], ['b1', 'i3'], ['b1']],
  [['i1', 'i2'], ['i3', 'i4'], ['i1']],
] as const) {
  test(`of ${first} in one tab and ${second} in another, three may wait: ${evicted.join() || 'none'} goes`, async () => {
    const site = createSite()
    const [one, other] = [await opened(site, 3), await opened(site, 3)]
    const entries = one.add(...first)
    await settled()
    entries.push(...other.add(...second))
    await settled()
    assert.deepEqual([one.told, other.told], [[], evicted.map((id) => `evicted ${id}`)])
    assert.equal(site.stored.database.size, [...first, ...second].length - evicted.length)
    for (const entry of entries) {
      assert.equal(await one.isOurs(entry), !evicted.includes(entry.message.messageId as never))
    }
  })
}

test('one in flight is not thrown out', async () => {
  const { add, told } = await opened(createSite(), 2)
  const [a] = add('a', 'b')
  await settled()
  assert.ok(a)
  a.phase = 'sending'
  add('c')
  await settled()
  assert.deepEqual(told, ['evicted b'])
})

test('one that is settled already is not thrown out for want of room', async () => {
  const site = createSite()
  const [one, other] = [await opened(site, 3), await opened(site, 3)]
  const [a] = one.add('a', 'b')
  other.add('c')
  await settled()
  let put = (): void => {}
  one.database.trouble.put = () => new Promise<void>((resolve) => (put = resolve))
  one.add('d')
  await settled()
  assert.ok(a)
  one.remove(a)
  put()
  await settled()
  assert.deepEqual(
    one.told.filter((line) => line.endsWith(' a')),
    [],
  )
})

test('many calls in one task are one write to the database', async () => {
  const { add, database } = await createSite().outbox()
  add(...Array.from({ length: 500 }, (_, index) => `${index}`))
  await settled()
  assert.equal(database.calls.put, 1)
})

test('one more message asks as much of journal and database where 10,000 wait as where 10 do', async () => {
  const asked = async (waiting: number): Promise<unknown[]> => {
    const site = createSite()
    const { add, journal, database } = await site.outbox({ maxMessages: 20_000 })
    add(...Array.from({ length: waiting }, (_, index) => `${index}`))
    await settled()
    journal.calls = 0
    database.calls = {}
    add('a')
    await settled()
    return [journal.calls, database.calls]
  }
  assert.deepEqual(await asked(10), [2, { put: 1, trim: 1 }])
  assert.deepEqual(await asked(10_000), [2, { put: 1, trim: 1 }])
})
