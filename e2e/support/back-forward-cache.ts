import type { Page } from '@playwright/test'
import { openBrowserProcess } from './browser-process.ts'
import { test as base, expect } from './fixtures.ts'

/** Tests with a back/forward cache as a visitor has it: Playwright starts its own browsers without one. */
export const test = base.extend<{ visitor: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  visitor: async ({}, use) => {
    const browser = await openBrowserProcess()
    await use(await browser.start())
    await browser.remove()
  },
})

/** Has the page's title tell whether it was restored or loaded: `goBack` reads it. */
export const titleTellsRestore = (page: Page): Promise<void> =>
  page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => {
      document.title = persisted ? 'restored' : 'loaded'
    })
  })

/** Goes back to a page with the plugin, and expects that nothing in the page kept it out of the cache. */
export async function goBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.title = 'left'
    // In a task of its own: a page that is left at once has no time to answer.
    setTimeout(() => history.back())
  })
  await page.waitForFunction(() => document.title !== 'left' && document.readyState === 'complete')
  // Reasons of the browser itself, such as a lack of memory, are reported as `masked`; those of the page by their names.
  const reasons = await page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as (PerformanceEntry & {
      notRestoredReasons?: { reasons: { reason: string }[] } | null
    })[]
    const notRestored = document.title === 'restored' ? [] : (entry?.notRestoredReasons?.reasons ?? [])
    return notRestored.map(({ reason }) => reason).filter((reason) => reason !== 'masked')
  })
  expect(reasons).toEqual([])
  await page.waitForFunction(() => window.plugin !== undefined)
}
