import type { Page } from '@playwright/test'
import { expectAllOnce, numbered, trackAll, unsettled } from '../support/calls.ts'
import { crash } from '../support/crash.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { shopPage, withoutSegment } from '../support/shop-page.ts'

// A page that ends leaves its messages to another one only if that has just proved that it runs. In each of these tests
// there seems to be one, but nobody opens another page of the site: only the page itself can send what it has.

const sent = numbered('At pagehide ', 5)

/** Lets the page track events as it ends. */
async function leaveWhileWaiting(page: Page): Promise<void> {
  await page.evaluate((names) => {
    addEventListener('pagehide', () => {
      for (const name of names) void window.analytics.track(name)
    })
  }, sent)
  await page.goto('about:blank')
}

/** Has a message wait for so long that all who hear of it have answered. */
async function announce(page: Page): Promise<void> {
  await trackAll(page, ['Slow'])
  await page.waitForFunction(() => window.plugin.stats().inFlight === 1)
  // Nothing tells the page that somebody stays silent.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
}

test('a frame of the page counts for nothing', async ({ page, site, shop, account }) => {
  const { apiKey, endpoint } = account
  const frame = shop()
  await enter(page, site.put(`${shopPage({ apiKey, endpoint })}<iframe src="${frame}"></iframe>`))
  await page.frames()[1]?.waitForFunction(() => window.plugin !== undefined)
  await account.answersWith({ delayMs: 2000 })
  await announce(page)
  await leaveWhileWaiting(page)
  await expectAllOnce(account, ['Slow', ...sent])
})

test('a second Analytics.js of the page counts for nothing', async ({ page, shop, account }) => {
  await enter(page, shop())
  await page.evaluate(
    `(async () => {
      const second = AnalyticsBrowser.load(${withoutSegment.replace("writeKey: 'test'", "writeKey: 'second'")})
      await second.register(userEngage(${JSON.stringify({ apiKey: account.apiKey, endpoint: account.endpoint })}))
    })()`,
  )
  await account.answersWith({ delayMs: 2000 })
  await announce(page)
  await leaveWhileWaiting(page)
  await expectAllOnce(account, ['Slow', ...sent])
})

test('a tab that crashed on plain http counts for nothing', async ({ context, page, shop, account }) => {
  const url = shop().replace('localhost', 'shop.test')
  const crashing = await context.newPage()
  for (const tab of [crashing, page]) await enter(tab, url)
  await account.answersWith({ delayMs: 2000 })
  await crash(crashing)
  await announce(page)
  await leaveWhileWaiting(page)
  await expectAllOnce(account, ['Slow', ...sent])
})

test('a tab that does not run, such as a frozen one, counts for nothing', async ({
  context,
  page,
  shop,
  account,
}) => {
  const url = shop()
  const blocked = await context.newPage()
  for (const tab of [blocked, page]) await enter(tab, url)
  await account.answersWith({ delayMs: 1000 })
  let isOver = false
  const blocking = blocked
    .evaluate(() => {
      const end = Date.now() + 8000
      while (Date.now() < end);
    })
    .then(() => {
      isOver = true
    })
  await announce(page)
  await leaveWhileWaiting(page)
  await expectAllOnce(account, ['Slow', ...sent])
  expect(isOver).toBe(false)
  await blocking
})

test('a tab that was closed while IndexedDB is silent counts for nothing', async ({
  context,
  page,
  shop,
  account,
}) => {
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest
  })
  const url = shop()
  const closed = await context.newPage()
  for (const tab of [closed, page]) await enter(tab, url)
  await closed.close()
  await account.answersWith({ delayMs: 2000 })
  await announce(page)
  await leaveWhileWaiting(page)
  await expectAllOnce(account, ['Slow', ...sent])
})

test('a tab that runs gets what the page leaves, and each message goes once', async ({
  context,
  page,
  shop,
  account,
}) => {
  const url = shop()
  const running = await context.newPage()
  for (const tab of [running, page]) await enter(tab, url)
  await account.answersWith({ delayMs: 1000 })
  await announce(page)
  await page.evaluate((names) => {
    addEventListener('pagehide', () => {
      for (const name of names) void window.analytics.track(name)
    })
  }, sent)
  await page.close()
  await expect.poll(() => running.evaluate(() => window.plugin.stats().delivered)).toBeGreaterThanOrEqual(5)
  await expect.poll(() => unsettled(running)).toBe(0)
  const events = await account.events()
  expect(events.filter((name) => name !== 'Slow')).toEqual(sent)
})
