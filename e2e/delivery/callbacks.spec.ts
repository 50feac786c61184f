import { expectAllOnce, numbered, tally, trackAll } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { withoutSegment } from '../support/shop-page.ts'

const flush = () => window.plugin.flush()
const stats = () => window.plugin.stats()

test('flush waits for all messages made before it, those of an earlier page too', async ({
  page,
  shop,
  account,
}) => {
  account.line.cut()
  const url = shop()
  await enter(page, url)
  await trackAll(page, numbered('E', 20))
  await page.waitForFunction(() => window.plugin.stats().queued >= 19)
  expect(await page.evaluate(flush)).toBe(false)
  await enter(page, url)
  await page.waitForFunction(() => window.plugin.stats().queued >= 19)
  account.line.mend()
  // A flush that ends with a request from before the repair of the line resolves to false.
  await expect.poll(() => page.evaluate(flush)).toBe(true)
  expect(await tally(account, numbered('E', 20))).toEqual({ lost: [], repeated: [] })
  expect(await page.evaluate(stats)).toEqual({
    queued: 0,
    inFlight: 0,
    delivered: 20,
    dropped: {},
    retried: expect.any(Number),
  })
})

test('the callbacks and the error event report each message once', async ({
  page,
  site,
  account,
  errors,
}) => {
  const settings = JSON.stringify({ apiKey: account.apiKey, endpoint: account.endpoint, consent: ['C1'] })
  await account.answersWith({ delayMs: 1 }, { status: 422 })
  await page.goto(
    site.put(`<script type="module">
      import '/app/main.js'
      window.reported = []
      window.analytics = AnalyticsBrowser.load(${withoutSegment})
      analytics.on('error', ({ code, reason, message }) => reported.push([code, reason, message.event].join(' ')))
      const plugin = userEngage({
        ...${settings},
        onDelivered: (message) => reported.push('delivered ' + message.event),
        onDropped: (message, { reason, status }) => reported.push(['dropped', message.event, reason, status].join(' ')),
      })
      await analytics.register(plugin)
      window.plugin = plugin
    </script>`),
  )
  await page.waitForFunction(() => window.plugin !== undefined)
  await page.evaluate(async () => {
    const context = { consent: { categoryPreferences: { C1: true } } }
    for (const event of ['Taken', 'Poison']) await window.analytics.track(event, {}, { context })
    await window.analytics.track('Declined')
    await window.plugin.flush()
  })
  expect((await page.evaluate(() => (window as unknown as { reported: string[] }).reported)).sort()).toEqual([
    'delivered Taken',
    'delivery_failure consent Declined',
    'delivery_failure refused Poison',
    'dropped Declined consent ',
    'dropped Poison refused 422',
  ])
  expect(await page.evaluate(stats)).toEqual({
    queued: 0,
    inFlight: 0,
    delivered: 1,
    retried: 0,
    dropped: { refused: 1, consent: 1 },
  })
  expect(errors.splice(0)).toEqual([
    expect.stringMatching(/dropped track .*refused by the endpoint with 422/),
  ])
})

test('an ordinary outage logs nothing without debug', async ({ page, openShop, account }) => {
  const lines: string[] = []
  page.on('console', (line) => void lines.push(line.text()))
  await openShop()
  await account.answersWith({ status: 503 }, { drop: true })
  await trackAll(page, ['A', 'B'])
  await expectAllOnce(account, ['A', 'B'])
  expect(lines.filter((line) => line.includes('UserEngage'))).toEqual([])
})

test('flush waits for a call made in the same task', async ({ openShop, account }) => {
  const page = await openShop()
  const settled = await page.evaluate(() => {
    void window.analytics.track('A')
    return window.plugin.flush()
  })
  expect(settled).toBe(true)
  expect(await account.events()).toEqual(['A'])
})
