import type { Page, Route } from '@playwright/test'
import { expectAllOnce, numbered, tally, track, trackAll } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'

const isResting = (page: Page) =>
  page.waitForFunction(() => window.plugin.stats().inFlight === 0 && window.plugin.stats().queued > 0)

/** Lets the page's time go on step by step, so that every timer that an answer starts is met. */
async function letPass(page: Page, ms: number, step: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    await page.clock.runFor(step)
    await isResting(page)
  }
}

/** An answer in the words of another server than the sandbox. */
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

test('an hour of 503 is a small number of requests, and then all arrives in order', async ({
  page,
  openShop,
  account,
}) => {
  test.slow()
  await page.clock.install()
  await openShop()
  await account.answersWith({ status: 503, times: 100_000 })
  const sent = numbered('E', 100)
  await trackAll(page, sent)
  await isResting(page)
  await letPass(page, 3_600_000, 10_000)
  const requests = (await account.messages()).length
  expect(requests).toBeGreaterThan(30)
  expect(requests).toBeLessThan(100)
  expect(new Set((await account.messages()).map(({ body }) => body.event))).toEqual(new Set(['E1']))
  await account.answersWith()
  await page.clock.resume()
  await page.evaluate(() => window.plugin.flush())
  await expectAllOnce(account, sent)
  expect(await account.events()).toEqual(sent)
})

test('a Retry-After holds for other tabs and for the next page, until it is over', async ({
  context,
  page,
  shop,
  account,
}) => {
  await context.clock.install()
  const url = shop()
  await enter(page, url)
  await account.answersWith({ status: 503, retryAfter: 600 })
  await trackAll(page, ['A'])
  await expect.poll(async () => (await account.messages()).length).toBe(1)
  await isResting(page)
  const other = await context.newPage()
  await enter(other, url)
  await trackAll(other, ['B'])
  await isResting(other)
  await other.close()
  await enter(page, url)
  await page.waitForFunction(() => window.plugin.stats().queued === 2)
  await context.clock.fastForward(300_000)
  expect(await account.messages()).toHaveLength(1)
  await context.clock.fastForward(310_000)
  await expectAllOnce(account, ['A', 'B'])
})

test('a Retry-After may be a date, and is kept across a reload', async ({ page, shop, account }) => {
  await page.clock.install({ time: '2026-05-01T12:00:00Z' })
  const url = shop()
  await enter(page, url)
  await page.route(account.endpoint, answering(429, { 'retry-after': 'Fri, 01 May 2026 12:30:00 GMT' }), {
    times: 1,
  })
  await trackAll(page, ['A'])
  await isResting(page)
  await enter(page, url)
  await isResting(page)
  await page.clock.fastForward(29 * 60_000)
  expect(await account.messages()).toHaveLength(0)
  await page.clock.fastForward(2 * 60_000)
  await expectAllOnce(account, ['A'])
})

for (const nonsense of ['-5', 'soon', '', '1e3', 'Fri, 99 May 2026', '0']) {
  test(`a Retry-After of "${nonsense}" counts as none`, async ({ page, openShop, account }) => {
    await openShop()
    await page.route(account.endpoint, answering(503, { 'retry-after': nonsense }), { times: 1 })
    await trackAll(page, ['A'])
    await expectAllOnce(account, ['A'])
  })
}

test('a Retry-After of a year is obeyed for a day', async ({ page, openShop, account }) => {
  await page.clock.install()
  await openShop()
  await account.answersWith({ status: 503, retryAfter: 365 * 86_400 })
  await trackAll(page, ['A'])
  await isResting(page)
  await page.clock.fastForward(23 * 3_600_000)
  expect(await account.messages()).toHaveLength(1)
  await page.clock.fastForward(3_700_000)
  await expectAllOnce(account, ['A'])
})

test('a Retry-After that was edited by hand is void', async ({ page, shop, site, account }) => {
  const elsewhere = site.put('<h1>Elsewhere on the site</h1>')
  const waitKey = () => Object.keys(localStorage).find((key) => key.startsWith('userengage:wait:')) as string
  for (const meddle of ['[9e15, 9e16]', '{"a":1}', '[1, 2, 3', 'null', '["x","y"]']) {
    await enter(page, shop())
    await account.answersWith({ status: 503, retryAfter: 600 })
    const name = `Event of ${meddle}`
    await trackAll(page, [name])
    await isResting(page)
    await page.goto(elsewhere)
    await page.evaluate(
      ([key, value]) => localStorage.setItem(key as string, value as string),
      [await page.evaluate(waitKey), meddle],
    )
    await enter(page, shop())
    await expectAllOnce(account, [name])
  }
})

test('answers in HTML are understood by their status', async ({ page, openShop, account, errors }) => {
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

test('an answer that was lost repeats one message, which is applied once', async ({ openShop, account }) => {
  const page = await openShop()
  await account.answersWith({ loseAnswer: true })
  await page.evaluate(() => void window.analytics.identify('ada'))
  await trackAll(page, numbered('E', 5))
  await expect
    .poll(async () => (await tally(account, numbered('E', 5))).lost, { timeout: 20_000 })
    .toEqual([])
  const ids = (await account.messages()).map(({ body }) => body.messageId)
  expect(ids.length - new Set(ids).size).toBeGreaterThan(0)
  expect(new Set(ids).size).toBe(6)
  expect(await account.eventsOf('ada')).toHaveLength(5)
})

test('a clock that jumps disturbs neither the order nor the waiting', async ({ page, shop, account }) => {
  await page.clock.install({ time: '2026-05-01T12:00:00Z' })
  await enter(page, shop())
  account.line.cut()
  await track(page, 'A')
  await isResting(page)
  await page.clock.setSystemTime('2026-05-02T12:00:00Z')
  await track(page, 'B')
  await page.clock.setSystemTime('2026-04-01T12:00:00Z')
  await track(page, 'C')
  account.line.mend(Date.parse('2000-01-01'))
  await page.clock.fastForward(60_000)
  await expectAllOnce(account, ['A', 'B', 'C'])
  expect(await account.events()).toEqual(['A', 'B', 'C'])
})
