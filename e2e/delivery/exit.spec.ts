import type { Page } from '@playwright/test'
import { expectAllOnce, numbered, stored, tally, trackAll, unsettled } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { withoutSegment } from '../support/shop-page.ts'
import { scriptTag } from '../support/site.ts'
import { longTaskMs, workOfListeners } from '../support/work.ts'
import { startWorker, watchWorker, workerUrl } from '../support/worker.ts'

/** Lets the page track one event when `event` comes, and go elsewhere when its link is clicked. */
const trackAt = (page: Page, moment: string): Promise<void> =>
  page.evaluate((when) => {
    const target = when === 'visibilitychange' ? document : window
    target.addEventListener(when, () => void window.analytics.track(`At ${when}`))
    document.body.innerHTML += '<a href="about:blank">Leave</a>'
  }, moment)

for (const moment of ['click', 'beforeunload', 'pagehide', 'visibilitychange']) {
  test(`an event tracked at ${moment} as a link is followed arrives without a next page`, async ({
    openShop,
    account,
  }) => {
    const page = await openShop()
    await trackAt(page, moment)
    await page.click('a')
    await expectAllOnce(account, [`At ${moment}`])
  })
}

for (const moment of ['pagehide', 'visibilitychange']) {
  test(`an event tracked at ${moment} as the tab is closed arrives`, async ({ openShop, account }) => {
    const page = await openShop()
    await trackAt(page, moment)
    await page.close()
    await expectAllOnce(account, [`At ${moment}`])
  })
}

test('the all-in-one file delivers an event tracked at pagehide', async ({ page, site, account }) => {
  await page.goto(site.put(scriptTag('userengage-analytics.min.js', account)))
  await trackAt(page, 'pagehide')
  await page.click('a')
  await expectAllOnce(account, ['At pagehide'])
})

test('a message that is sent at pagehide is complete', async ({ openShop, account }) => {
  const page = await openShop()
  await page.evaluate(() => window.plugin.flush())
  await trackAt(page, 'pagehide')
  const url = page.url()
  await page.click('a')
  await expectAllOnce(account, ['At pagehide'])
  const [message] = await account.messages()
  expect(message?.body.context).toMatchObject({
    os: { name: 'Linux' },
    browser: { name: expect.stringMatching(/^Chrom/) },
    page: { url },
  })
})

test('of 100 waiting messages, as many as fit the keepalive budget are sent at exit, the others by the next page', async ({
  page,
  shop,
  account,
}) => {
  const url = shop()
  await enter(page, url)
  // The first request hangs, so that all others wait.
  await account.answersWith({ delayMs: 60_000 })
  const sent = numbered('E', 100)
  await trackAll(page, sent)
  await page.waitForFunction(() => window.plugin.stats().queued === 99)
  await page.evaluate(() => {
    const { fetch } = window
    localStorage.setItem('asked', '0')
    window.fetch = (...given) => {
      localStorage.setItem('asked', String(Number(localStorage.getItem('asked')) + 1))
      return fetch(...given)
    }
  })
  await page.goto('about:blank')
  const left = Date.now()
  await page.goto(url)
  await expect.poll(async () => (await tally(account, sent)).lost, { timeout: 30_000 }).toEqual([])
  const atExit = (await account.messages())
    .filter(({ body }) => Date.parse(body.sentAt) <= left && body.event !== 'E1')
    .map(({ body }) => body.event)
  // 32 KiB, half of what the browser has, hold some 30 of these.
  expect(atExit.length).toBeGreaterThan(20)
  expect(atExit.length).toBeLessThan(40)
  // The first message was in flight already.
  expect(new Set(atExit)).toEqual(new Set(sent.slice(1, atExit.length + 1)))
  // The next page repeats messages that were sent at exit, as nobody has read their answers. All others are sent once.
  const { repeated } = await tally(account, sent)
  expect(repeated.filter((name) => name !== 'E1' && !atExit.includes(name))).toEqual([])
  expect(new Set(repeated).size).toBe(repeated.length)
  // The browser has refused no request.
  expect(await page.evaluate(() => Number(localStorage.getItem('asked')))).toBe(atExit.length)
})

test('a request in flight at exit is not repeated by the page that ends', async ({ openShop, account }) => {
  const page = await openShop()
  await account.answersWith({ delayMs: 500 })
  await trackAll(page, ['A'])
  await page.waitForFunction(() => window.plugin.stats().inFlight === 1)
  await page.evaluate(() => {
    location.href = 'about:blank'
  })
  await page.waitForURL('about:blank')
  await expectAllOnce(account, ['A'])
  expect(await account.messages()).toHaveLength(1)
})

test('a request in flight at window.close is not repeated', async ({ context, site, shop, account }) => {
  const opener = await context.newPage()
  await opener.goto(site.put('<h1>Opener</h1>'))
  const opened = context.waitForEvent('page')
  await opener.evaluate((address) => void window.open(address), shop())
  const popup = await opened
  await popup.waitForFunction(() => window.plugin !== undefined)
  await account.answersWith({ delayMs: 500 })
  await trackAll(popup, ['A'])
  await popup.waitForFunction(() => window.plugin.stats().inFlight === 1)
  await Promise.all([popup.waitForEvent('close'), popup.evaluate(() => window.close()).catch(() => {})])
  await expectAllOnce(account, ['A'])
  expect(await account.messages()).toHaveLength(1)
})

test('a hidden tab sends nothing twice', async ({ openShop, account }) => {
  const page = await openShop()
  await account.answersWith({ delayMs: 200, times: 3 })
  await trackAll(page, numbered('E', 10))
  await page.evaluate(() => {
    for (let times = 0; times < 3; times++) document.dispatchEvent(new Event('visibilitychange'))
  })
  await expectAllOnce(account, numbered('E', 10))
  expect(await account.events()).toEqual(numbered('E', 10))
})

test('nothing is sent at exit during a Retry-After, while an ordinary failure does not prevent it', async ({
  page,
  shop,
  account,
}) => {
  const url = shop()
  await enter(page, url)
  // More often than one attempt tries.
  await account.answersWith({ status: 503, times: 3 })
  await trackAll(page, ['A'])
  await expect.poll(async () => (await account.messages()).length).toBe(3)
  await page.waitForFunction(() => window.plugin.stats().inFlight === 0 && window.plugin.stats().queued === 1)
  await page.goto('about:blank')
  await expectAllOnce(account, ['A'])

  await page.goto(url)
  await expect.poll(async () => (await account.events()).length).toBe(2)
  await account.answersWith({ status: 503, retryAfter: 600 })
  await trackAll(page, ['B', 'C'])
  await expect.poll(async () => (await account.messages()).at(-1)?.status).toBe(503)
  await page.waitForFunction(() => window.plugin.stats().inFlight === 0)
  const before = (await account.messages()).length
  await page.goto('about:blank')
  await page.goto(url)
  await page.waitForFunction(() => window.plugin?.stats().queued === 2)
  expect(await page.evaluate(() => window.plugin.flush())).toBe(false)
  expect(await account.messages()).toHaveLength(before)
})

test.describe('not sent at exit', () => {
  test('an event that `integrations` excludes', async ({ openShop, account }) => {
    const page = await openShop()
    await page.evaluate(() => {
      addEventListener('pagehide', () => {
        for (const integrations of [
          { All: false },
          { UserEngage: false },
          { 'User.com': false },
          { '“User.com”': false },
        ])
          void window.analytics.track('Kept away', {}, { integrations })
        void window.analytics.track('Meant', {}, { integrations: { All: false, 'User.com': true } })
      })
    })
    await page.goto('about:blank')
    await expectAllOnce(account, ['Meant'])
    expect(await account.events()).toEqual(['Meant'])
  })

  for (const [what, register] of [
    [
      'source middleware',
      () => window.analytics.addSourceMiddleware?.(({ next }: { next(event: null): void }) => void next),
    ],
    [
      'a plugin of the kind enrichment',
      () =>
        window.analytics.register?.({
          name: 'Redacts',
          type: 'enrichment',
          version: '1',
          isLoaded: () => true,
          load: async () => {},
          track: (context: unknown) => context,
        }),
    ],
  ] as const) {
    test(`an event that ${what} might still drop or change`, async ({ page, shop, account }) => {
      const url = shop()
      await enter(page, url)
      await page.evaluate(register)
      await page.evaluate(() => {
        addEventListener('pagehide', () => void window.analytics.track('Undecided'))
      })
      await page.goto('about:blank')
      await page.goto(url)
      await page.waitForFunction(() => window.plugin !== undefined)
      await trackAll(page, ['Next page'])
      await expectAllOnce(account, ['Next page'])
      expect(await account.events()).toEqual(['Next page'])
    })
  }

  test('an event that source middleware of one of two Analytics.js of the page might still drop', async ({
    page,
    shop,
    account,
  }) => {
    const url = shop()
    await enter(page, url)
    await page.evaluate(`(async () => {
      await analytics.addSourceMiddleware(({ next }) => next(null))
      const second = AnalyticsBrowser.load(${withoutSegment.replace("writeKey: 'test'", "writeKey: 'second'")})
      await second.register(plugin)
      addEventListener('pagehide', () => {
        analytics.track('Undecided')
        second.track('Meant')
      })
    })()`)
    await page.goto('about:blank')
    await expectAllOnce(account, ['Meant'])
    expect(await account.events()).toEqual(['Meant'])
  })

  test('an event made while source middleware is being registered', async ({ page, shop, account }) => {
    const url = shop()
    await enter(page, url)
    await page.evaluate(() => {
      addEventListener('pagehide', () => {
        void window.analytics.addSourceMiddleware?.(() => {})
        void window.analytics.track('Undecided')
      })
    })
    await page.goto('about:blank')
    await enter(page, url)
    await trackAll(page, ['Next page'])
    await expectAllOnce(account, ['Next page'])
    expect(await account.events()).toEqual(['Next page'])
  })

  test('an event without the required consent', async ({ openShop, account }) => {
    const page = await openShop({ consent: ['C0002'] })
    await page.evaluate(() => {
      addEventListener('pagehide', () => {
        const stamped = (granted: boolean) => ({ consent: { categoryPreferences: { C0002: granted } } })
        void window.analytics.track('No stamp')
        void window.analytics.track('Declined', {}, { context: stamped(false) })
        void window.analytics.track('Granted', {}, { context: stamped(true) })
      })
    })
    await page.goto('about:blank')
    await expectAllOnce(account, ['Granted'])
    expect(await account.events()).toEqual(['Granted'])
  })
})

test('a plugin that is registered twice delivers each event once, at exit too', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  await page.evaluate(async () => {
    await window.analytics.register?.(window.plugin)
    for (const event of ['A', 'B']) await window.analytics.track(event)
    await window.plugin.flush()
    addEventListener('pagehide', () => void window.analytics.track('At pagehide'))
  })
  await expectAllOnce(account, ['A', 'B'])
  await page.goto('about:blank')
  await expectAllOnce(account, ['A', 'B', 'At pagehide'])
})

test('a call that is still being dispatched when the plugin is deregistered is not sent', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  await page.evaluate(async () => {
    const called = window.analytics.track('Too late')
    await window.analytics.deregister?.('UserEngage')
    await called
  })
  expect(await page.evaluate(() => window.plugin.flush())).toBe(true)
  await page.goto('about:blank')
  await page.goto(page.url())
  expect(await account.messages()).toEqual([])
})

for (const [how, isWorkerReady] of [
  ['hands them to its worker', true],
  ['has no worker', false],
] as const) {
  test(`1,000 messages of 1 KB cause no long task as the page that has them ends and ${how}`, async ({
    browser,
    page,
    shop,
    account,
  }) => {
    test.slow()
    await watchWorker(page)
    await enter(page, shop(isWorkerReady ? { workerUrl } : {}))
    if (isWorkerReady) await startWorker(page)
    account.line.cut()
    await page.evaluate(() => {
      for (let call = 0; call < 1000; call++) {
        void window.analytics.track(`E${call}`, { text: 'x'.repeat(1000) })
      }
    })
    await expect.poll(() => unsettled(page)).toBe(1000)
    await expect.poll(async () => (await stored(page)).database.length).toBe(1000)
    const exit = ['beforeunload', 'pageswap', 'pagehide', 'visibilitychange', 'unload']
    const work = await workOfListeners(browser, page, exit, () => page.goto('about:blank'))
    expect(work).toBeGreaterThan(0)
    expect(work).toBeLessThan(longTaskMs)
  })
}
