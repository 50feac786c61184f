import { expectAllOnce, stored, track } from '../support/calls.ts'
import { stopClock } from '../support/clock.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { withoutSegment } from '../support/shop-page.ts'

test('a plugin that nobody registers sends, reads and holds nothing', async ({
  page,
  site,
  shop,
  account,
}) => {
  const { apiKey, endpoint } = account
  account.line.cut()
  await enter(page, shop())
  await track(page, 'Of an earlier visit')
  await expect.poll(async () => (await stored(page)).database.length).toBe(1)
  await page.goto('about:blank')
  await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
  // The clock of the next page stands at an earlier time than that of the requests so far.
  account.line.mend(0)

  await stopClock(page)
  await page.goto(
    site.put(`<script type="module">
      import '/app/main.js'
      const touched = window.touched = []
      const { open } = IDBFactory.prototype
      IDBFactory.prototype.open = function (...given) { touched.push('database'); return open.apply(this, given) }
      const { getItem } = Storage.prototype
      Storage.prototype.getItem = function (key) {
        if (key.startsWith('userengage')) touched.push(key)
        return getItem.call(this, key)
      }
      const { addEventListener } = window
      window.addEventListener = (type, ...given) => { touched.push(type); addEventListener.call(window, type, ...given) }
      window.plugin = userEngage(${JSON.stringify({ apiKey, endpoint })})
      window.addEventListener = addEventListener
      // The visitor has declined, so the site registers nothing.
      window.agree = async () => {
        window.analytics = AnalyticsBrowser.load(${withoutSegment})
        await analytics.register(plugin)
      }
    </script>`),
  )
  await page.waitForFunction(() => window.plugin !== undefined)
  await page.clock.runFor(60_000)
  expect(
    await page.evaluate(async () => ({
      touched: (window as unknown as { touched: string[] }).touched,
      locks: (await navigator.locks.query()).held,
      flushed: await window.plugin.flush(),
    })),
  ).toEqual({ touched: [], locks: [], flushed: true })
  await page.evaluate(() => void window.dispatchEvent(new PageTransitionEvent('pagehide')))
  expect(await account.messages()).toEqual([])

  await page.clock.resume()
  await page.evaluate(() => (window as unknown as { agree(): Promise<void> }).agree())
  await expectAllOnce(account, ['Of an earlier visit'])
})
