import type { Page, Route } from '@playwright/test'
import { expectAllOnce, numbered, trackAll, unsettled } from '../support/calls.ts'
import { noon, passTimeUntil, passTimeUntilRefused, sendingTimes, stopClock } from '../support/clock.ts'
import { enter, expect, test } from '../support/fixtures.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const isWaiting = (page: Page): Promise<boolean> =>
  page.evaluate(() => window.plugin.stats().inFlight === 0 && window.plugin.stats().queued > 0)

/** Lets time pass step by step, and each request be answered before the next step. */
async function letPass(page: Page, ms: number, step: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    await page.clock.runFor(step)
    await passTimeUntil(page, () => isWaiting(page), true)
  }
}

/** An answer as a server other than the sandbox might give it. */
const answering =
  (status: number, headers: Record<string, string> = {}, body = '') =>
  (route: Route) =>
    route.fulfill({
      status,
      body,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*, authorization',
        'access-control-expose-headers': 'retry-after',
        ...headers,
      },
    })

test('an hour of 503 leads to fewer than 100 requests, and then all messages arrive in order', async ({
  page,
  openShop,
  account,
}) => {
  test.slow()
  await stopClock(page)
  await openShop()
  await account.answersWith({ status: 503, times: 100_000 })
  const sent = numbered('E', 100)
  await trackAll(page, sent)
  await passTimeUntilRefused(page, account)
  await letPass(page, hour, 10_000)
  const requests = (await account.messages()).length
  expect(requests).toBeGreaterThan(30)
  expect(requests).toBeLessThan(100)
  await account.answersWith()
  await page.evaluate(() => void window.plugin.flush())
  await passTimeUntil(page, account.events, sent)
})

test('other tabs and the next page obey a Retry-After too', async ({ context, page, shop, account }) => {
  await stopClock(context)
  const url = shop()
  await enter(page, url)
  await account.answersWith({ status: 503, retryAfter: 600 })
  await trackAll(page, ['A'])
  await passTimeUntilRefused(page, account)
  const other = await context.newPage()
  await enter(other, url)
  await trackAll(other, ['B'])
  await passTimeUntil(context, () => isWaiting(other), true)
  await other.close()
  await enter(page, url)
  await passTimeUntil(context, () => page.evaluate(() => window.plugin.stats().queued), 2)
  await context.clock.fastForward(5 * minute)
  expect(await account.messages()).toHaveLength(1)
  await context.clock.fastForward(5 * minute + 10_000)
  await passTimeUntil(context, account.events, ['A', 'B'])
  for (const time of (await sendingTimes(account)).slice(1)) expect(time).toBeGreaterThanOrEqual(10 * minute)
})

test('a Retry-After that is a date is obeyed, after a reload too', async ({ page, shop, account }) => {
  await stopClock(page)
  const url = shop()
  await enter(page, url)
  const retryAfter = new Date(noon + 30 * minute).toUTCString()
  await page.route(account.endpoint, answering(429, { 'retry-after': retryAfter }), { times: 1 })
  let answered = false
  page.on('response', (response) => {
    answered ||= response.status() === 429
  })
  await trackAll(page, ['A'])
  await passTimeUntil(page, async () => answered && (await isWaiting(page)), true)
  await enter(page, url)
  await passTimeUntil(page, () => isWaiting(page), true)
  await page.clock.fastForward(29 * minute)
  expect(await account.messages()).toHaveLength(0)
  await page.clock.fastForward(2 * minute)
  await passTimeUntil(page, account.events, ['A'])
  expect((await sendingTimes(account))[0]).toBeGreaterThanOrEqual(30 * minute)
})

for (const nonsense of ['-5', 'soon', '', '1e3', 'Fri, 99 May 2026', '0']) {
  test(`a Retry-After of "${nonsense}" is ignored`, async ({ page, openShop, account }) => {
    await openShop()
    await page.route(account.endpoint, answering(503, { 'retry-after': nonsense }), { times: 1 })
    await trackAll(page, ['A'])
    await expectAllOnce(account, ['A'])
  })
}

test('a Retry-After of a year holds for a day', async ({ page, openShop, account }) => {
  await stopClock(page)
  await openShop()
  await account.answersWith({ status: 503, retryAfter: 365 * 86_400 })
  await trackAll(page, ['A'])
  await passTimeUntilRefused(page, account)
  await page.clock.fastForward(23 * hour)
  expect(await account.messages()).toHaveLength(1)
  await page.clock.fastForward(hour + minute)
  await passTimeUntil(page, account.events, ['A'])
  expect((await sendingTimes(account)).at(-1)).toBeGreaterThanOrEqual(day)
})

test('a Retry-After that is over leaves nothing in localStorage', async ({ page, openShop, account }) => {
  await stopClock(page)
  await openShop()
  await account.answersWith({ status: 503, retryAfter: 60 })
  await trackAll(page, ['A'])
  await passTimeUntilRefused(page, account)
  const keys = (): Promise<string[]> =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('userengage')))
  expect(await keys()).toEqual([expect.stringMatching(/^userengage:wait:/)])
  await page.clock.fastForward(61_000)
  await passTimeUntil(page, account.events, ['A'])
  await passTimeUntil(page, keys, [])
})

test('a stored Retry-After that somebody has edited is ignored', async ({ page, shop, site, account }) => {
  const elsewhere = site.put('<h1>Elsewhere on the site</h1>')
  const waitKey = () => Object.keys(localStorage).find((key) => key.startsWith('userengage:wait:')) as string
  for (const meddle of ['[9e15, 9e16]', '{"a":1}', '[1, 2, 3', 'null', '["x","y"]']) {
    await enter(page, shop())
    await account.answersWith({ status: 503, retryAfter: 600 })
    const name = `Event of ${meddle}`
    await trackAll(page, [name])
    await expect.poll(async () => (await account.messages()).at(-1)?.status).toBe(503)
    await expect.poll(() => isWaiting(page)).toBe(true)
    await page.goto(elsewhere)
    // The page that was left may still run, and would send at its end what it need not leave alone any more.
    await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held)).toEqual([])
    await page.evaluate(
      ([key, value]) => localStorage.setItem(key as string, value as string),
      [await page.evaluate(waitKey), meddle],
    )
    await enter(page, shop())
    await expectAllOnce(account, [name])
  }
})

test('an answer in HTML counts by its status', async ({ page, openShop, account, errors }) => {
  const html = { 'content-type': 'text/html' }
  await openShop()
  await page.route(account.endpoint, answering(502, html, '<h1>Bad gateway</h1>'), { times: 1 })
  await trackAll(page, ['A'])
  await expectAllOnce(account, ['A'])
  await page.route(account.endpoint, answering(200, html, '<h1>Thank you</h1>'), { times: 1 })
  await trackAll(page, ['Thanked'])
  await page.waitForFunction(() => window.plugin.stats().delivered === 2)
  await page.route(account.endpoint, answering(400, html, '<h1>Bad request</h1>'), { times: 1 })
  await trackAll(page, ['Refused', 'B'])
  await expectAllOnce(account, ['B'])
  expect(errors.splice(0)).toEqual([
    expect.stringMatching(/dropped track .*: refused by the endpoint with 400, "no reason given"/),
  ])
})

test('messages arrive in order although the clock jumps', async ({ page, shop, account }) => {
  await stopClock(page)
  await enter(page, shop())
  account.line.cut()
  await trackAll(page, ['A'])
  await passTimeUntilRefused(page, account)
  await page.clock.setSystemTime(noon + day)
  await trackAll(page, ['B'])
  await passTimeUntil(page, () => unsettled(page), 2)
  await page.clock.setSystemTime(noon - 30 * day)
  await trackAll(page, ['C'])
  await passTimeUntil(page, () => unsettled(page), 3)
  account.line.mend(Date.parse('2000-01-01'))
  await page.clock.fastForward(minute)
  await passTimeUntil(page, account.events, ['A', 'B', 'C'])
})
