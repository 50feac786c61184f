import { openBrowserProcess } from '../support/browser-process.ts'
import {
  expectAllOnce,
  expectCutOff,
  numbered,
  stored,
  track,
  trackAll,
  unsettled,
} from '../support/calls.ts'
import { passTimeUntil, stopClock, timeOf } from '../support/clock.ts'
import { crash } from '../support/crash.ts'
import { enter, expect, test } from '../support/fixtures.ts'

// In each of these tests the endpoint cannot be reached, so that only the storages can save a message.

test('waiting messages survive a reload, and arrive in the order of the calls', async ({
  page,
  shop,
  account,
}) => {
  account.line.cut()
  await enter(page, shop())
  const sent = numbered('E', 12)
  await trackAll(page, sent)
  await page.waitForFunction(() => window.plugin.stats().queued + window.plugin.stats().inFlight === 12)
  await page.reload()
  account.line.mend()
  await expectAllOnce(account, sent)
  expect(await account.events()).toEqual(sent)
})

test('calls survive a navigation in the same task', async ({ page, shop, account }) => {
  account.line.cut()
  const url = shop()
  await enter(page, url)
  await page.evaluate(() => {
    for (const event of ['A', 'B', 'C']) void window.analytics.track(event)
    location.href = 'about:blank'
  })
  await page.waitForURL('about:blank')
  await expectCutOff(account, ['A', 'B', 'C'])
  account.line.mend()
  await page.goto(url)
  await expectAllOnce(account, ['A', 'B', 'C'])
  expect(await account.events()).toEqual(['A', 'B', 'C'])
})

test('calls survive window.close in the same task', async ({ context, shop, account }) => {
  account.line.cut()
  const url = shop()
  const opener = await context.newPage()
  await opener.goto(url.replace(/pages.*/, 'dist/integrity.json'))
  const opened = context.waitForEvent('page')
  await opener.evaluate((address) => void window.open(address), url)
  const popup = await opened
  await popup.waitForFunction(() => window.plugin !== undefined)
  const closed = popup.waitForEvent('close')
  await popup
    .evaluate(() => {
      for (const event of ['A', 'B', 'C']) void window.analytics.track(event)
      window.close()
    })
    .catch(() => {})
  await closed
  await expectCutOff(account, ['A', 'B', 'C'])
  account.line.mend()
  await opener.goto(url)
  await expectAllOnce(account, ['A', 'B', 'C'])
})

test('calls survive a crash of the renderer', async ({ context, page, shop, account }) => {
  account.line.cut()
  const url = shop()
  await enter(page, url)
  await trackAll(page, numbered('E', 5))
  await crash(page)
  account.line.mend()
  const next = await context.newPage()
  await next.goto(url)
  await expectAllOnce(account, numbered('E', 5))
  expect(await account.events()).toEqual(numbered('E', 5))
})

test('calls survive a kill of the browser 50 ms later', async ({ shop, account }) => {
  test.slow()
  account.line.cut()
  const url = shop()
  const browser = await openBrowserProcess()
  try {
    const first = await browser.start()
    await enter(first, url)
    await track(first, 'A')
    // The visitor's first message makes the database, which takes longer.
    await expect.poll(async () => (await stored(first)).database.length).toBe(1)
    await first.evaluate(() => {
      for (const event of ['B', 'C']) void window.analytics.track(event)
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await browser.kill()
    account.line.mend()
    const second = await browser.start()
    await second.goto(url)
    await expectAllOnce(account, ['A', 'B', 'C'])
    expect(await account.events()).toEqual(['A', 'B', 'C'])
  } finally {
    await browser.remove()
  }
})

test('a week offline, with a page load each day, loses no message', async ({
  page,
  shop,
  account,
  context,
}) => {
  await stopClock(page)
  const url = shop()
  await enter(page, url)
  account.line.cut()
  const sent: string[] = []
  for (let day = 1; day <= 6; day++) {
    await context.setOffline(true)
    const today = numbered(`Day ${day} `, 20)
    sent.push(...today)
    await trackAll(page, today)
    await passTimeUntil(page, () => unsettled(page), sent.length)
    await page.clock.fastForward(23 * 3_600_000)
    await context.setOffline(false)
    await enter(page, url)
  }
  account.line.mend(await timeOf(page))
  await passTimeUntil(page, account.events, sent, 1000)
})
