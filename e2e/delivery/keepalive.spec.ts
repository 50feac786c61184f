import { numbered, trackAll } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'

test('while 100 messages wait, the site’s own beacon of 16 KB is accepted at exit', async ({
  page,
  shop,
  account,
}) => {
  const url = shop()
  await enter(page, url)
  // The first request hangs, so that all others wait.
  await account.answersWith({ delayMs: 60_000 })
  await trackAll(page, numbered('E', 100))
  await page.waitForFunction(() => window.plugin.stats().queued === 99)
  await page.evaluate(() => {
    addEventListener('pagehide', () => {
      const sizes = [2, 4, 8, 16].map((kilobytes) =>
        navigator.sendBeacon('/beacon', 'x'.repeat(kilobytes * 1024)),
      )
      localStorage.setItem('beacons', sizes.join())
    })
  })
  await page.goto('about:blank')
  await expect.poll(async () => (await account.events()).length).toBeGreaterThan(10)
  await page.goto(url)
  expect(await page.evaluate(() => localStorage.getItem('beacons'))).toBe('true,true,true,true')
})
