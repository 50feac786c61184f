import { expectAllOnce } from './support/calls.ts'
import { enter, expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'
import type { Site } from './support/site.ts'

/** A page that loads analytics with these `integrations`, and without Segment's own destination. */
const pageWith = (site: Site, { apiKey, endpoint }: Account, integrations: object): string =>
  site.put(`<script type="module">
    import '/app/main.js'
    window.analytics = AnalyticsBrowser.load(
      { writeKey: 'test', cdnSettings: { integrations: { 'Segment.io': { apiKey: '' } }, metrics: { sampleRate: 0 } } },
      { integrations: { 'Segment.io': false, ...${JSON.stringify(integrations)} } },
    )
    const plugin = userEngage(${JSON.stringify({ apiKey, endpoint })})
    await analytics.register(plugin)
    window.plugin = plugin
  </script>`)

const cases = [
  { integrations: {}, arrives: true },
  { integrations: { UserEngage: false }, arrives: false },
  { integrations: { 'User.com': false }, arrives: false },
  { integrations: { '“User.com”': false }, arrives: false },
  { integrations: { All: false }, arrives: false },
  { integrations: { All: false, UserEngage: true }, arrives: true },
  { integrations: { All: false, 'User.com': true }, arrives: true },
  { integrations: { All: false, UserEngage: { any: 'option' } }, arrives: true },
  { integrations: { UserEngage: { any: 'option' } }, arrives: true },
  { integrations: { UserEngage: true, 'User.com': false }, arrives: true },
]

for (const { integrations, arrives } of cases) {
  const what = arrives ? 'let calls pass' : 'exclude calls'

  test(`load-time integrations ${JSON.stringify(integrations)} ${what}, at exit too`, async ({
    page,
    site,
    account,
  }) => {
    await enter(page, pageWith(site, account, integrations))
    await page.evaluate(async () => {
      await window.analytics.track('A')
      await window.plugin.flush()
      addEventListener('pagehide', () => void window.analytics.track('At pagehide'))
    })
    await page.goto('about:blank')
    await enter(page, pageWith(site, account, {}))
    await page.evaluate(() => void window.analytics.track('Next page'))
    // A page repeats messages that were sent at exit, as nobody has read their answers.
    const arrived = async () => [...new Set(await account.events())].sort()
    await expect.poll(arrived).toEqual(arrives ? ['A', 'At pagehide', 'Next page'] : ['Next page'])
  })
}

test('the integrations of one call let it pass or exclude it, at exit too', async ({
  page,
  site,
  account,
}) => {
  await enter(page, pageWith(site, account, {}))
  await page.evaluate(async (given) => {
    const trackEach = (moment: string) =>
      given.map(({ integrations }) => {
        const name = `${moment} ${JSON.stringify(integrations)}`
        return window.analytics.track(name, {}, { integrations })
      })
    await Promise.all(trackEach('Before'))
    await window.plugin.flush()
    addEventListener('pagehide', () => {
      trackEach('At pagehide')
      void window.analytics.track('Last')
    })
  }, cases)
  await page.goto('about:blank')
  const passing = cases
    .filter(({ arrives }) => arrives)
    .map(({ integrations }) => JSON.stringify(integrations))
  const expected = ['Before', 'At pagehide'].flatMap((moment) => passing.map((name) => `${moment} ${name}`))
  await expectAllOnce(account, [...expected, 'Last'])
  expect(await account.events()).toHaveLength(expected.length + 1)
})

test('the integrations of a call override those of the page', async ({ page, site, account }) => {
  await enter(page, pageWith(site, account, { UserEngage: false }))
  await page.evaluate(async () => {
    await window.analytics.track('No')
    await window.analytics.track('Yes', {}, { integrations: { UserEngage: true } })
    await window.plugin.flush()
  })
  expect(await account.events()).toEqual(['Yes'])
})

test('a call that a slow destination middleware still has counts as queued, and flush waits for it', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  const seen = await page.evaluate(async () => {
    let letGo = (): void => {}
    await window.analytics.addDestinationMiddleware?.(
      'UserEngage',
      ({ payload, next }: { payload: unknown; next(payload: unknown): void }) =>
        new Promise<void>((resolve) => {
          letGo = () => {
            next(payload)
            resolve()
          }
        }),
    )
    await window.analytics.track('A')
    const { queued } = window.plugin.stats()
    let isFlushed = false
    const flushing = window.plugin.flush().then((settled) => {
      isFlushed = true
      return settled
    })
    await new Promise((resolve) => setTimeout(resolve))
    const before = isFlushed
    letGo()
    return { queued, before, settled: await flushing, after: window.plugin.stats() }
  })
  expect(seen).toMatchObject({ queued: 1, before: false, settled: true, after: { queued: 0, delivered: 1 } })
  expect(await account.events()).toEqual(['A'])
})
