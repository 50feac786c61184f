import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { chromiumSwitches } from '../../scripts/chromium-switches.mjs'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { expectAllOnce } from '../support/calls.ts'
import { test as base, expect } from '../support/fixtures.ts'
import { shopPage } from '../support/shop-page.ts'

// A browser that Playwright drives does not prerender.
const test = base.extend<{ visitor: Browser }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  visitor: async ({}, use) => {
    const visitor = await puppeteer.launch({
      executablePath: findBrowser() as string,
      args: chromiumSwitches,
    })
    await use(visitor)
    await visitor.close()
  },
})

const hasPlugin = (page: Page): Promise<unknown> => page.waitForFunction('window.plugin !== undefined')

test('a prerendered page sends nothing until the visitor sees it, and then all, although another tab runs', async ({
  visitor,
  site,
  account,
}) => {
  const { apiKey, endpoint } = account
  const shop = shopPage({ apiKey, endpoint })
  const next = site.put(`
    ${shop}
    <script type="module">
      while (!window.plugin) await new Promise((resolve) => setTimeout(resolve))
      await analytics.track('Prerendered')
      document.addEventListener('prerenderingchange', () => analytics.track('Shown'))
      setInterval(() => localStorage.setItem('delivered', plugin.stats().delivered), 20)
      localStorage.setItem('prerendered', document.prerendering + ', ' + plugin.stats().queued + ' queued')
    </script>`)
  const other = await visitor.newPage()
  await other.goto(site.put(shop))
  await hasPlugin(other)

  const page = await visitor.newPage()
  await page.goto(
    site.put(`
      <script type="speculationrules">{ "prerender": [{ "urls": ["${next}"], "eagerness": "immediate" }] }</script>
      <a href="${next}">Next</a>`),
  )
  await page.waitForFunction('localStorage.getItem("prerendered") === "true, 1 queued"')
  expect(await account.messages()).toEqual([])

  await page.click('a')
  await expectAllOnce(account, ['Prerendered', 'Shown'])
  expect(await account.events()).toEqual(['Prerendered', 'Shown'])
  // The driver may lose a document that takes the place of another: what that one counts is read in the other tab.
  await expect.poll(() => other.evaluate(() => localStorage.getItem('delivered'))).toBe('2')
  expect(await other.evaluate(() => window.plugin.stats().delivered)).toBe(0)
})
