import type { Page } from '@playwright/test'
import { openBrowserProcess } from '../support/browser-process.ts'
import { numbered, tally, trackAll } from '../support/calls.ts'
import { test as base, enter, expect } from '../support/fixtures.ts'
import { startWorker, watchWorker, workerUrl } from '../support/worker.ts'

// Playwright starts its browsers without the back/forward cache: these tests need one as a visitor has it.
const test = base.extend<{ visitor: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  visitor: async ({}, use) => {
    const browser = await openBrowserProcess()
    const visitor = await browser.start()
    await watchWorker(visitor)
    await use(visitor)
    await browser.remove()
  },
})

const goBack = async (page: Page): Promise<void> => {
  await page.evaluate(() => history.back())
  await page.waitForFunction(() => window.plugin !== undefined)
  // Reasons of the browser itself, such as a lack of memory, are reported as `masked`; those of the page by their names.
  const reasons = await page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as (PerformanceEntry & {
      notRestoredReasons?: { reasons: { reason: string }[] } | null
    })[]
    const notRestored = document.title === 'restored' ? [] : (entry?.notRestoredReasons?.reasons ?? [])
    return notRestored.map(({ reason }) => reason).filter((reason) => reason !== 'masked')
  })
  expect(reasons).toEqual([])
}

for (const [when, arrived] of [
  ['the worker has sent all', 20],
  ['the worker still sends', 8],
] as const) {
  test(`a page that is restored while ${when} repeats nothing`, async ({ visitor, site, shop, account }) => {
    await enter(visitor, shop({ workerUrl }))
    await startWorker(visitor)
    await visitor.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) document.title = 'restored'
      })
    })
    const sent = numbered('E', 20)
    await account.answersWith({ delayMs: 100, times: 30 })
    await trackAll(visitor, sent)
    await visitor.waitForFunction(() => window.plugin.stats().delivered === 3)
    await visitor.goto(site.put('<h1>Elsewhere</h1>').replace('localhost', '127.0.0.1'))
    await expect
      .poll(async () => sent.length - (await tally(account, sent)).lost.length)
      .toBeGreaterThanOrEqual(arrived)
    await goBack(visitor)
    await trackAll(visitor, ['After'])
    await expect.poll(async () => (await tally(account, [...sent, 'After'])).lost).toEqual([])
    expect(await visitor.evaluate(() => window.plugin.flush())).toBe(true)
    const events = await account.events()
    expect(events.filter((event, index) => events.indexOf(event) === index)).toEqual([
      'First',
      ...sent,
      'After',
    ])
    // Only the request in flight as the page was left had an answer that nobody read.
    expect((await tally(account, sent)).repeated.length).toBeLessThanOrEqual(1)
  })
}
