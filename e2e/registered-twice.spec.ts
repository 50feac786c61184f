import type { Page } from '@playwright/test'
import { track } from './support/calls.ts'
import { enter, expect, test } from './support/fixtures.ts'
import { openAccount } from './support/sandbox.ts'

/** The warnings of a page about a second plugin. */
function warningsOf(page: Page): string[] {
  const warnings: string[] = []
  page.on('console', (line) => {
    if (line.type() === 'warning' && line.text().includes('[UserEngage]')) warnings.push(line.text())
  })
  return warnings
}
const aboutTwin = expect.stringMatching(/same endpoint and key is registered a second time/)

/** Registers one more plugin with the page's analytics, and keeps it as `window.second`. */
const registerSecond = (page: Page, settings: object): Promise<void> =>
  page.evaluate(async (given) => {
    const second = window.userEngage(given as Parameters<typeof window.userEngage>[0])
    Object.assign(window, { second })
    await window.analytics.register?.(second)
  }, settings)
declare global {
  interface Window {
    second: Window['plugin']
  }
}

test('a second plugin for one account is a warning, and no call arrives twice, at exit neither', async ({
  page,
  shop,
  account,
}) => {
  await enter(page, shop())
  const warnings = warningsOf(page)
  const { apiKey, endpoint } = account
  await registerSecond(page, { apiKey, endpoint, autoPage: true })
  expect(warnings).toEqual([aboutTwin])
  await page.evaluate(async () => {
    await window.analytics.track('A')
    addEventListener('pagehide', () => void window.analytics.track('At exit'))
  })
  await expect.poll(account.events).toEqual(['A'])
  await expect.poll(() => page.evaluate(() => window.second.stats().delivered)).toBe(1)
  // The next page of the site sends what waits, and then its own call.
  await enter(page, shop())
  await track(page, 'Last')
  await expect.poll(account.events).toContain('Last')
  expect((await account.messages()).map(({ body }) => body.event)).toEqual(['A', 'At exit', 'Last'])
})

test('the second plugin speaks for the first: flush, clear, middleware', async ({ openShop, account }) => {
  account.line.cut()
  const page = await openShop()
  const { apiKey, endpoint } = account
  await registerSecond(page, { apiKey, endpoint })
  await page.evaluate(() => window.analytics.track('Waits'))
  expect(await page.evaluate(() => window.second.flush())).toBe(false)
  await page.evaluate(() => window.second.clear())
  expect(await page.evaluate(() => window.plugin.stats().dropped)).toEqual({ cleared: 1 })
  account.line.mend()
  // Analytics.js gives it to both.
  const seen = await page.evaluate(async () => {
    const events: unknown[] = []
    await window.analytics.addDestinationMiddleware?.('UserEngage', ((call: {
      payload: { obj: { event: string } }
      next(payload: unknown): void
    }) => {
      events.push(call.payload.obj.event)
      call.next(call.payload)
    }) as never)
    await window.analytics.track('B')
    await window.plugin.flush()
    return events
  })
  expect(seen).toEqual(['B'])
  await expect.poll(account.events).toEqual(['B'])
})

test('the module from npm and a script tag, two copies of the code, deliver once', async ({
  page,
  openShop,
  account,
}) => {
  await openShop()
  const warnings = warningsOf(page)
  const src = '/dist/userengage.min.js'
  await page.evaluate(
    ([url, key, endpoint]) =>
      new Promise((resolve) => {
        const tag = Object.assign(document.createElement('script'), { src: url, onload: resolve })
        Object.assign(tag.dataset, { apiKey: key, endpoint })
        document.head.append(tag)
      }),
    [src, account.apiKey, account.endpoint] as const,
  )
  await expect.poll(() => warnings).toEqual([aboutTwin])
  await page.evaluate(() => window.analytics.track('A').then(() => window.analytics.track('B')))
  await expect.poll(account.events).toEqual(['A', 'B'])
})

test('after the first was deregistered, the next plugin is the first', async ({ openShop, account }) => {
  const page = await openShop()
  const warnings = warningsOf(page)
  const { apiKey, endpoint } = account
  await page.evaluate(() => window.analytics.deregister?.('UserEngage'))
  await registerSecond(page, { apiKey, endpoint, omit: ['timezone'] })
  await page.evaluate(() => window.analytics.track('A'))
  await expect.poll(account.events).toEqual(['A'])
  expect((await account.messages())[0]?.body.context.timezone).toBeUndefined()
  expect(warnings).toEqual([])
})

test('plugins for two accounts, or on two Analytics.js, are no mistake: each call arrives once', async ({
  openShop,
  account,
  sandbox,
}) => {
  const page = await openShop()
  const warnings = warningsOf(page)
  const other = await openAccount(sandbox.origin)
  await registerSecond(page, { apiKey: other.apiKey, endpoint: other.endpoint })
  await page.evaluate(
    async ({ apiKey, endpoint }) => {
      const { Analytics, userEngage } = window as unknown as {
        Analytics: new (settings: object, options: object) => Window['analytics']
        userEngage: typeof window.userEngage
      }
      const elsewhere = new Analytics({ writeKey: 'elsewhere' }, { retryQueue: true })
      await elsewhere.register?.(userEngage({ apiKey, endpoint }))
      await window.analytics.track('Here')
      await elsewhere.track('Elsewhere')
    },
    { apiKey: account.apiKey, endpoint: account.endpoint },
  )
  await expect.poll(other.events).toEqual(['Here'])
  await expect.poll(async () => (await account.events()).sort()).toEqual(['Elsewhere', 'Here'])
  expect(warnings).toEqual([])
})

test('a second plugin that is registered elsewhere as well brings the first one along', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  const { apiKey, endpoint } = account
  await registerSecond(page, { apiKey, endpoint })
  await page.evaluate(async () => {
    const { Analytics } = window as unknown as { Analytics: new (settings: object) => Window['analytics'] }
    const elsewhere = new Analytics({ writeKey: 'elsewhere' })
    await elsewhere.register?.(window.second)
    await elsewhere.track('Elsewhere')
    await window.analytics.track('Here')
    await window.analytics.track('Last')
  })
  await expect.poll(account.events).toEqual(['Elsewhere', 'Here', 'Last'])
})

test('a remote plugin of the workspace and one of the page deliver once', async ({ page, site, account }) => {
  const warnings = warningsOf(page)
  const settings = JSON.stringify({ apiKey: account.apiKey, endpoint: account.endpoint })
  const remote = `{
    name: 'UserEngage', creationName: 'UserEngage', libraryName: 'UserEngageDestination',
    url: '/dist/userengage.min.js', settings: ${settings},
  }`
  await page.goto(
    site.put(`<script type="module">
      import '/app/main.js'
      window.analytics = AnalyticsBrowser.load(
        {
          writeKey: 'test',
          cdnSettings: {
            integrations: { 'Segment.io': { apiKey: '' } },
            metrics: { sampleRate: 0 },
            remotePlugins: [${remote}],
          },
        },
        { integrations: { 'Segment.io': false } },
      )
      await analytics.register(userEngage(${settings}))
      window.loaded = true
    </script>`),
  )
  await page.waitForFunction(() => 'loaded' in window)
  await page.evaluate(() => window.analytics.track('A').then(() => window.analytics.track('B')))
  await expect.poll(account.events).toEqual(['A', 'B'])
  expect(warnings).toEqual([aboutTwin])
})
