import type { Page } from '@playwright/test'
import { openBrowserProcess } from '../support/browser-process.ts'
import { expectAllOnce, expectCutOff, numbered, tally, trackAll } from '../support/calls.ts'
import { test as base, enter, expect } from '../support/fixtures.ts'

// Playwright starts its browsers without the back/forward cache: these tests need one as a visitor has it.
const test = base.extend<{ visitor: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  visitor: async ({}, use) => {
    const browser = await openBrowserProcess()
    await use(await browser.start())
    await browser.remove()
  },
})

/** A restored page may never hear that what it sent as it was left has failed: it waits that long. */
const timeoutMs = 1000

const remember = (page: Page): Promise<void> =>
  page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => {
      document.title = persisted ? 'restored' : 'loaded'
    })
  })
const goBack = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    document.title = 'left'
    history.back()
  })
  await page.waitForFunction(() => document.title !== 'left' && document.readyState === 'complete')
  // A browser that is short of something drops a page for reasons of its own, which it masks; the page's own it tells.
  const reasons = await page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as (PerformanceEntry & {
      notRestoredReasons?: { reasons: { reason: string }[] } | null
    })[]
    const told = document.title === 'restored' ? [] : (entry?.notRestoredReasons?.reasons ?? [])
    return told.map(({ reason }) => reason).filter((reason) => reason !== 'masked')
  })
  expect(reasons).toEqual([])
  await page.waitForFunction(() => window.plugin !== undefined)
}

test('a page with the plugin is kept in the back/forward cache, and delivers after it is restored', async ({
  visitor,
  shop,
  site,
  account,
}) => {
  await enter(visitor, shop())
  await remember(visitor)
  await trackAll(visitor, ['Before'])
  await expectAllOnce(account, ['Before'])
  await visitor.goto(site.put('<h1>Elsewhere</h1>'))
  await goBack(visitor)
  await trackAll(visitor, numbered('After', 3))
  await expectAllOnce(account, ['Before', ...numbered('After', 3)])
})

test('what waits while its page is in the cache is delivered by the next page, and not again by the restored one', async ({
  visitor,
  shop,
  account,
}) => {
  const url = shop({ timeoutMs })
  await enter(visitor, url)
  await remember(visitor)
  account.line.cut()
  await trackAll(visitor, numbered('E', 5))
  await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
  await visitor.goto(`${url}?next`)
  await visitor.waitForFunction(() => window.plugin !== undefined)
  await expect
    .poll(() => visitor.evaluate(() => window.plugin.stats().queued + window.plugin.stats().inFlight))
    .toBe(5)
  await expectCutOff(account, numbered('E', 5))
  account.line.mend()
  // Not to wait for the next try: by now that may be a while.
  await visitor.evaluate(() => window.plugin.flush())
  await expectAllOnce(account, numbered('E', 5))
  await goBack(visitor)
  await trackAll(visitor, ['After'])
  await expectAllOnce(account, [...numbered('E', 5), 'After'])
  expect(await visitor.evaluate(() => window.plugin.flush())).toBe(true)
  expect(await tally(account, [])).toEqual({ lost: [], repeated: [] })
})

test('what waits while its page is in the cache is delivered by it when it is restored', async ({
  visitor,
  shop,
  site,
  account,
}) => {
  await enter(visitor, shop({ timeoutMs }))
  await remember(visitor)
  account.line.cut()
  await trackAll(visitor, numbered('E', 5))
  await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
  await visitor.goto(site.put('<h1>Elsewhere</h1>'))
  await expectCutOff(account, numbered('E', 5))
  account.line.mend()
  await goBack(visitor)
  await expectAllOnce(account, numbered('E', 5))
  expect(await account.events()).toEqual(numbered('E', 5))
})
