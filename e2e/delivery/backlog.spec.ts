import { multiplyBacklog } from '../support/backlog.ts'
import { stored, trackAll, unsettled } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import type { Account } from '../support/sandbox.ts'
import { withoutSegment } from '../support/shop-page.ts'
import type { Site } from '../support/site.ts'
import { longestTask, longTaskMs } from '../support/work.ts'

/** A page on which Analytics.js is at rest, before it loads the plugin. */
const restingPage = (site: Site, { apiKey, endpoint }: Account): string =>
  site.put(`<script type="module">
    import '/app/main.js'
    window.analytics = AnalyticsBrowser.load(${withoutSegment})
    await analytics
    window.start = async () => {
      const plugin = userEngage(${JSON.stringify({ apiKey, endpoint })})
      await analytics.register(plugin)
      window.plugin = plugin
    }
  </script>`)

declare global {
  interface Window {
    start(): Promise<void>
    storageEvents: number
  }
}

for (const [what, pages] of [
  ['one page', 1],
  ['1,000 pages', 1000],
] as const) {
  test(`1,000 messages that ${what} left behind cause no long task as the next page takes them over, and hardly a storage event in other tabs`, async ({
    browser,
    page,
    context,
    site,
    shop,
    account,
  }) => {
    test.slow()
    account.line.cut()
    await enter(page, shop())
    await trackAll(page, ['E'])
    await expect.poll(async () => (await stored(page)).database.length).toBe(1)
    await page.goto(site.put('<h1>Elsewhere on the site</h1>'))
    await multiplyBacklog(page, 1000, pages)
    const watching = await context.newPage()
    await watching.goto(site.put('<h1>Another tab of the site</h1>'))
    await watching.evaluate(() => {
      window.storageEvents = 0
      addEventListener('storage', () => {
        window.storageEvents++
      })
    })

    await page.goto(restingPage(site, account))
    await page.waitForFunction(() => 'start' in window)
    const longest = await longestTask(browser, page, async () => {
      await page.evaluate(() => window.start())
      await expect.poll(() => unsettled(page)).toBe(1000)
    })
    expect(longest).toBeGreaterThan(0)
    expect(longest).toBeLessThan(longTaskMs)

    // A further tab finds the locks taken: it waits for none of them, and tells nobody about each.
    const further = await context.newPage()
    await enter(further, shop())
    expect(await page.evaluate(async () => (await navigator.locks.query()).pending)).toEqual([])
    expect(await watching.evaluate(() => window.storageEvents)).toBeLessThan(10)
  })
}
