import type { Page } from '@playwright/test'
import { expectAllOnce, numbered, stored, track, trackAll, unsettled } from '../support/calls.ts'
import { passTimeUntil, passTimeUntilRefused, stopClock, timeOf } from '../support/clock.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { openAccount } from '../support/sandbox.ts'

const day = 24 * 3_600_000

const dropsOf = (page: Page) => page.evaluate(() => window.plugin.stats().dropped)
const flush = (page: Page) => page.evaluate(() => window.plugin.flush())

test('beyond maxMessages the oldest messages are dropped, identify and group last', async ({
  openShop,
  account,
  errors,
}) => {
  const page = await openShop({ queue: { maxMessages: 10 } })
  await account.answersWith({ status: 503, retryAfter: 600 })
  await track(page, 'First')
  await page.waitForFunction(() => window.plugin.stats().inFlight === 0)
  await page.evaluate(async () => {
    await window.analytics.identify('ada', { plan: 'pro' })
    await window.analytics.group('acme')
  })
  await trackAll(page, numbered('E', 12))
  await expect.poll(() => dropsOf(page)).toEqual({ overflow: 5 })
  await expect.poll(async () => (await stored(page)).database.length).toBe(10)
  expect(errors.splice(0)).toEqual([
    expect.stringMatching(/overflow\): more than queue\.maxMessages were waiting/),
  ])
  await account.answersWith()
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('userengage:wait')) localStorage.setItem(key, '[]')
  })
  await flush(page)
  await expect.poll(account.events).toEqual(['identify', 'group', ...numbered('E', 12).slice(4)])
})

test('maxMessages counts the messages of all tabs', async ({ context, page, shop, account, errors }) => {
  const url = shop({ queue: { maxMessages: 10 } })
  const other = await context.newPage()
  for (const tab of [page, other]) await enter(tab, url)
  account.line.cut()
  await trackAll(page, numbered('Mine', 8))
  await expect.poll(async () => (await stored(page)).database.length).toBe(8)
  await trackAll(other, numbered('Theirs', 8))
  const overflow = async (): Promise<number> => {
    const drops = [await dropsOf(page), await dropsOf(other)]
    return drops.reduce((sum, { overflow = 0 }) => sum + overflow, 0)
  }
  await expect.poll(overflow).toBe(6)
  expect((await stored(page)).database).toHaveLength(10)
  account.line.mend()
  for (const tab of [page, other]) await flush(tab)
  const left = [...numbered('Mine', 8).slice(-3), ...numbered('Theirs', 8)]
  await expect
    .poll(async () => (await account.events()).filter((name) => left.includes(name ?? '')).length)
    .toBeGreaterThan(9)
  // A message may have arrived while it was dropped, but only the one that was in flight.
  expect(await account.events()).not.toContain('Mine3')
  errors.splice(0)
})

test('a message is dropped maxAgeHours after its call, whatever its timestamp says', async ({
  page,
  shop,
  account,
  errors,
}) => {
  await stopClock(page)
  await enter(page, shop({ queue: { maxAgeHours: 2 } }))
  account.line.cut()
  await page.evaluate(() => {
    void window.analytics.track('Old', {}, { timestamp: '2030-01-01T00:00:00Z' })
  })
  await passTimeUntilRefused(page, account)
  await page.clock.fastForward(90 * 60_000)
  await page.evaluate(() => {
    void window.analytics.track('Young', {}, { timestamp: '2001-01-01T00:00:00Z' })
  })
  await passTimeUntil(page, async () => (await stored(page)).database.length, 2)
  await page.clock.fastForward(45 * 60_000)
  account.line.mend(await timeOf(page))
  // The pause between two tries has grown.
  await page.clock.fastForward(2 * 60_000)
  await passTimeUntil(page, account.events, ['Young'], 100)
  expect(errors.splice(0)).toEqual([
    expect.stringMatching(/expired\): they waited longer than queue\.maxAgeHours/),
  ])
})

test('a message that expired while no page was open is dropped by the next page', async ({
  page,
  shop,
  account,
  errors,
}) => {
  await stopClock(page)
  const url = shop()
  await enter(page, url)
  account.line.cut()
  await trackAll(page, ['Old'])
  await passTimeUntil(page, () => unsettled(page), 1)
  await page.goto('about:blank')
  await page.clock.fastForward(8 * day)
  account.line.mend(await timeOf(page))
  await enter(page, url)
  await passTimeUntil(page, () => dropsOf(page), { expired: 1 })
  await passTimeUntil(page, () => stored(page), { journal: [], database: [] })
  errors.splice(0)
  expect(await account.events()).toEqual([])
})

test('storage "memory" delivers, and leaves nothing on the device', async ({ page, shop, account }) => {
  const url = shop({ queue: { storage: 'memory' } })
  await enter(page, url)
  account.line.cut()
  await trackAll(page, numbered('E', 3))
  await account.answersWith({ status: 503, retryAfter: 1 })
  account.line.mend()
  await expectAllOnce(account, numbered('E', 3))
  account.line.cut()
  await track(page, 'Waiting')
  const left = await page.evaluate(async () => ({
    keys: Object.keys(localStorage).filter((key) => key.startsWith('userengage')),
    databases: (await indexedDB.databases()).map(({ name }) => name),
  }))
  expect(left).toEqual({ keys: [], databases: [] })
  await page.goto('about:blank')
  account.line.mend()
  await enter(page, url)
  await track(page, 'Next page')
  await expectAllOnce(account, ['Next page'])
  expect(await account.events()).not.toContain('Waiting')
})

test('plugins with different keys never mix, and messages for a replaced key wait until it returns', async ({
  page,
  shop,
  sandbox,
  account,
}) => {
  const second = await openAccount(sandbox.origin)
  const oldKey = shop()
  const newKey = shop({ apiKey: second.apiKey })
  account.line.cut()
  await enter(page, oldKey)
  await track(page, 'For the old key')
  await expect.poll(async () => (await stored(page)).database.length).toBe(1)
  await enter(page, newKey)
  await track(page, 'For the new key')
  await expectAllOnce(second, ['For the new key'])
  account.line.mend()
  expect((await stored(page)).database).toHaveLength(1)
  await enter(page, oldKey)
  await expectAllOnce(account, ['For the old key'])
  expect(await second.events()).toEqual(['For the new key'])
  expect(await account.events()).toEqual(['For the old key'])
})

test('messages for a replaced key are dropped when they are too old', async ({
  page,
  shop,
  account,
  errors,
}) => {
  await stopClock(page)
  account.line.cut()
  await enter(page, shop())
  await trackAll(page, ['For the old key'])
  await passTimeUntil(page, async () => (await stored(page)).database.length, 1)
  await page.goto('about:blank')
  await page.clock.fastForward(8 * day)
  await enter(page, shop({ endpoint: `${account.endpoint}?other` }))
  await passTimeUntil(page, () => stored(page), { journal: [], database: [] })
  expect(await dropsOf(page)).toEqual({ expired: 1 })
  errors.splice(0)
})

test('calls made before reset are delivered, for the previous user', async ({ openShop, account }) => {
  const page = await openShop()
  account.line.cut()
  await page.evaluate(async () => {
    await window.analytics.identify('ada')
    void window.analytics.track('Before')
    window.analytics.reset?.()
    await window.analytics.track('After')
  })
  account.line.mend()
  await flush(page)
  await expectAllOnce(account, ['Before', 'After'])
  const [, before, after] = (await account.messages()).map(
    ({ body }) => body as unknown as Record<string, string>,
  )
  expect(before?.userId).toBe('ada')
  expect(after?.userId).toBeFalsy()
  expect(after?.anonymousId).not.toBe(before?.anonymousId)
})

test('two plugins with different keys on one page share the keepalive budget at its end, and nothing else', async ({
  openShop,
  sandbox,
  account,
}) => {
  const second = await openAccount(sandbox.origin)
  const page = await openShop()
  await page.evaluate(
    async ({ apiKey, endpoint }) => {
      const plugin = window.userEngage({ apiKey, endpoint })
      await window.analytics.register?.({ ...plugin, name: 'Second' })
      Object.assign(window, { second: plugin })
      addEventListener('pagehide', () => {
        for (let index = 0; index < 50; index++)
          void window.analytics.track(`E${index}`, { text: 'x'.repeat(500) })
      })
    },
    { apiKey: second.apiKey, endpoint: second.endpoint },
  )
  await track(page, 'Both')
  await expectAllOnce(account, ['Both'])
  await expectAllOnce(second, ['Both'])
  const url = page.url()
  await page.goto('about:blank')
  await page.goto(url)
  await expect.poll(async () => new Set(await account.events()).size, { timeout: 30_000 }).toBe(51)
  const keys = async (of: typeof account) =>
    new Set((await of.messages()).map(({ headers }) => headers.authorization)).size
  expect([await keys(account), await keys(second)]).toEqual([1, 1])
})
