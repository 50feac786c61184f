import type { Page } from '@playwright/test'
import { stored } from './support/calls.ts'
import { expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'
import { withoutSegment } from './support/shop-page.ts'

declare global {
  interface Window {
    /** The categories that the visitor has agreed to, as a consent tool on the page knows them. */
    agreed: Record<string, boolean>
  }
}

/** A page with Segment's consent tools around its analytics, as Segment documents it. */
const withConsentTools = (
  { apiKey, endpoint }: Account,
  model: 'opt-in' | 'opt-out',
  agreed: Window['agreed'],
  settings = {},
): string => `
  <script type="module">
    import '/app/main.js'
    window.agreed = ${JSON.stringify(agreed)}
    const withConsent = createWrapper({
      shouldLoadSegment: (context) => context.load({ consentModel: '${model}' }),
      getCategories: () => ({ ...agreed }),
      integrationCategoryMappings: { UserEngage: ['C0002'], Other: ['C0001'] },
    })
    const analytics = new AnalyticsBrowser()
    window.analytics = analytics
    withConsent(analytics)
    const plugin = userEngage(${JSON.stringify({ apiKey, endpoint, ...settings })})
    analytics.register(plugin)
    analytics.load(${withoutSegment})
    await analytics
    window.plugin = plugin
  </script>`

const open = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await page.waitForFunction(() => window.plugin !== undefined)
}
const track = (page: Page, event: string): Promise<unknown> =>
  page.evaluate(async (name) => {
    await window.analytics.track(name)
    return window.plugin.flush()
  }, event)
const dropped = (page: Page) => page.evaluate(() => window.plugin.stats().dropped)

test('opt-out: nothing is sent after the visitor opts out', async ({ page, site, account }) => {
  await open(page, site.put(withConsentTools(account, 'opt-out', { C0001: true, C0002: true })))
  await track(page, 'Agreed')
  await page.evaluate(() => {
    window.agreed.C0002 = false
  })
  await track(page, 'Declined')
  await page.evaluate(() => {
    window.agreed.C0002 = true
  })
  await track(page, 'Agreed again')
  expect(await account.events()).toEqual(['Agreed', 'Agreed again'])
  expect(await dropped(page)).toEqual({ middleware: 1 })
})

test('opt-out: a call at pagehide is not sent without consent', async ({ page, site, account }) => {
  const url = site.put(withConsentTools(account, 'opt-out', { C0001: true, C0002: false }))
  await open(page, url)
  await page.evaluate(() => addEventListener('pagehide', () => void window.analytics.track('At pagehide')))
  await page.goto('about:blank')
  await open(page, url)
  await page.evaluate(() => {
    window.agreed.C0002 = true
  })
  await track(page, 'Next page')
  expect(await account.events()).toEqual(['Next page'])
})

test('opt-in: with `consent`, nothing is sent before the visitor opts in', async ({
  page,
  site,
  account,
}) => {
  const settings = { consent: ['C0002'] }
  // The visitor has agreed to another category: otherwise the tools do not load Segment.
  const agreed = { C0001: true, C0002: false }
  await open(page, site.put(withConsentTools(account, 'opt-in', agreed, settings)))
  await track(page, 'Declined')
  await page.evaluate(() => {
    window.agreed.C0002 = true
  })
  await track(page, 'Agreed')
  expect(await account.events()).toEqual(['Agreed'])
  expect((await account.messages())[0]?.body.context.consent).toMatchObject({
    categoryPreferences: { C0001: true, C0002: true },
  })
})

test('opt-in: the tools hold the landing page until the visitor has answered, and stamp it with the answer', async ({
  page,
  site,
  account: { apiKey, endpoint, events, messages },
}) => {
  const url = `${site.put(`<script type="module">
    import '/app/main.js'
    const withConsent = createWrapper({
      shouldLoadSegment: async (context) => {
        await new Promise((answered) => { window.onAnswer = answered })
        context.load({ consentModel: 'opt-in' })
      },
      getCategories: () => ({ C0002: true }),
    })
    window.analytics = new AnalyticsBrowser()
    withConsent(analytics)
    window.plugin = userEngage(${JSON.stringify({ apiKey, endpoint, consent: ['C0002'] })})
    analytics.register(plugin)
    analytics.load(${withoutSegment})
    analytics.page({}, { timestamp: new Date(0) })
  </script>`)}?utm_campaign=spring`
  await open(page, url)
  await page.waitForFunction('window.onAnswer')
  await page.evaluate(() => history.replaceState(null, '', '/pages/elsewhere'))
  expect(await page.evaluate(() => [document.cookie, ...Object.keys(localStorage)])).toEqual([''])
  await page.evaluate('onAnswer()')
  await expect.poll(events).toEqual(['page'])
  expect((await messages())[0]?.body).toMatchObject({
    timestamp: new Date(0).toISOString(),
    context: {
      page: { url },
      campaign: { name: 'spring' },
      consent: { categoryPreferences: { C0002: true } },
    },
  })
})

test('a destination middleware changes the events of UserEngage, and of no other destination', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  const seenByOther = await page.evaluateHandle(async () => {
    const seen: { properties: object }[] = []
    await window.analytics.register?.({
      name: 'Other',
      type: 'destination',
      isLoaded: () => true,
      load: async () => {},
      track: (context: { event: { properties: object } }) => {
        seen.push(context.event)
        return context
      },
    })
    type Call = { payload: { obj: { properties: Record<string, unknown> } }; next(payload: unknown): void }
    await window.analytics.addDestinationMiddleware?.('userengage', async ({ payload, next }: Call) => {
      await new Promise((resolve) => setTimeout(resolve))
      delete payload.obj.properties.card
      next(payload)
    })
    await window.analytics.track('Paid', { card: '4111', total: 12 })
    return seen
  })
  await expect
    .poll(async () => (await account.messages()).map(({ body }) => body.properties))
    .toEqual([{ total: 12 }])
  expect(await seenByOther.evaluate((seen) => seen.map(({ properties }) => properties))).toEqual([
    { card: '4111', total: 12 },
  ])
})

test('a middleware that hangs or throws drops its call, and delays neither the page nor other calls', async ({
  openShop,
  account,
  errors,
}) => {
  const page = await openShop()
  await page.evaluate(async () => {
    type Call = { payload: { obj: { event: string } }; next(payload: unknown): void }
    await window.analytics.addDestinationMiddleware?.('*', ({ payload, next }: Call) => {
      if (payload.obj.event === 'Hangs') return new Promise(() => {})
      if (payload.obj.event === 'Throws') throw new Error('oops')
      return next(payload)
    })
    for (const event of ['A', 'Hangs', 'Throws', 'B']) await window.analytics.track(event)
  })
  await expect.poll(account.events).toEqual(['A', 'B'])
  await expect.poll(() => dropped(page)).toEqual({ middleware: 1 })
  expect(errors.splice(0)).toEqual([expect.stringMatching(/middleware threw: .*oops/)])
})

test('consent that is withdrawn counts for what waits too', async ({ openShop, account }) => {
  const page = await openShop({ consent: ['C0002'] })
  const stampedTrack = (event: string, granted: boolean): Promise<unknown> =>
    page.evaluate(
      async ([name, C0002]) => {
        const consent = { categoryPreferences: { C0002 } }
        await window.analytics.track(name, {}, { context: { consent } })
        return window.plugin.flush()
      },
      [event, granted] as const,
    )
  account.line.cut()
  await stampedTrack('Agreed', true)
  await expect.poll(async () => (await stored(page)).database.length).toBe(1)
  await stampedTrack('Declined', false)
  await expect.poll(() => dropped(page)).toEqual({ consent: 2 })
  await expect.poll(() => stored(page)).toEqual({ journal: [], database: [] })
  account.line.mend()
  await stampedTrack('Agreed again', true)
  await expect.poll(account.events).toEqual(['Agreed again'])
})
