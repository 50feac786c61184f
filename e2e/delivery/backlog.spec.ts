import type { Browser, Page } from '@playwright/test'
import { multiplyBacklog } from '../support/backlog.ts'
import { stored, trackAll, unsettled } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import type { Account } from '../support/sandbox.ts'
import { withoutSegment } from '../support/shop-page.ts'
import type { Site } from '../support/site.ts'

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

/** A long task is one of 50 ms; on a device four times as slow, a quarter of that is one. */
const longTaskMs = 50 / 4

/**
 * The longest task of the site's tabs while `work` runs, in milliseconds of processor time: how busy the machine is
 * otherwise makes no difference.
 */
async function longestTask(browser: Browser, page: Page, work: () => Promise<unknown>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel'] })
  await work()
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] }
  const mainThreads = traceEvents
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`)
  const microseconds = traceEvents
    .filter(({ name, pid, tid }) => name.endsWith('::RunTask') && mainThreads.includes(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur)
  return Math.max(...microseconds) / 1000
}

interface TraceEvent {
  name: string
  pid: number
  tid: number
  tdur?: number
  args: { name?: string }
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
