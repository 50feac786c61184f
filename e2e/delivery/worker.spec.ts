import type { Page } from '@playwright/test'
import { expectAllOnce, numbered, tally } from '../support/calls.ts'
import { test as base, enter, expect } from '../support/fixtures.ts'
import { startWorker, watchWorker, workerUrl } from '../support/worker.ts'

const test = base.extend<{ elsewhere: string }>({
  page: async ({ page }, use) => {
    await watchWorker(page)
    await use(page)
  },
  /** A page of another site. */
  elsewhere: async ({ site }, use) => use(site.put('<h1>Elsewhere</h1>').replace('localhost', '127.0.0.1')),
})

/** Tracks events of 1 KB within one task. */
const trackLarge = (page: Page, names: string[], then?: string): Promise<void> =>
  page.evaluate(
    ([events, next]) => {
      for (const event of events) void window.analytics.track(event, { text: 'x'.repeat(1024) })
      if (next) location.href = next
    },
    [names, then] as const,
  )

for (const [how, leave] of [
  ['the tab is closed', (page: Page) => page.close()],
  ['the visitor goes to another site', (page: Page, elsewhere: string) => page.goto(elsewhere)],
] as const) {
  test(`of 100 messages that wait before a slow endpoint as ${how}, all arrive in order`, async ({
    page,
    shop,
    account,
    elsewhere,
  }) => {
    await enter(page, shop({ workerUrl }))
    await startWorker(page)
    const sent = numbered('E', 100)
    await account.answersWith({ delayMs: 200, times: 101 })
    await trackLarge(page, sent)
    await page.waitForFunction(() => window.plugin.stats().delivered === 4)
    const left = Date.now()
    await leave(page, elsewhere)
    await expect.poll(async () => (await tally(account, sent)).lost, { timeout: 40_000 }).toEqual([])
    const inFlight = (await account.messages()).filter(({ body }) => Date.parse(body.sentAt) < left).at(-1)
      ?.body.event
    const { repeated } = await tally(account, sent)
    // Nobody read the answer to the request that was in flight.
    expect(repeated.filter((event) => event !== inFlight)).toEqual([])
    const arrived = await account.events()
    expect(arrived.filter((event, index) => arrived.indexOf(event) === index)).toEqual(['First', ...sent])
  })
}

test('100 calls of 1 KB in the task that leaves for another site arrive once each', async ({
  page,
  shop,
  account,
  elsewhere,
}) => {
  const url = shop({ workerUrl })
  await enter(page, url)
  await startWorker(page)
  const sent = numbered('E', 100)
  await trackLarge(page, sent, elsewhere)
  await page.waitForURL(elsewhere)
  await expectAllOnce(account, sent)
  // A later page finds nothing left to send.
  await enter(page, url)
  await page.evaluate(() => window.analytics.track('Later'))
  await expectAllOnce(account, [...sent, 'Later'])
})
