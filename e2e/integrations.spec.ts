import { enter, expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'
import type { Site } from './support/site.ts'

/** A page whose analytics is loaded with `integrations`, beside Segment's own, which is off. */
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

for (const [integrations, comes] of [
  [{}, true],
  [{ UserEngage: false }, false],
  [{ 'User.com': false }, false],
  [{ '“User.com”': false }, false],
  [{ All: false }, false],
  [{ All: false, UserEngage: true }, true],
  [{ All: false, 'User.com': true }, true],
  [{ All: false, UserEngage: { any: 'option' } }, true],
  [{ UserEngage: { any: 'option' } }, true],
  [{ UserEngage: true, 'User.com': false }, true],
] as const) {
  const what = `${JSON.stringify(integrations)} ${comes ? 'let calls come' : 'keep calls away'}`

  test(`load-time integrations ${what}, also as the page ends`, async ({ page, site, account }) => {
    await enter(page, pageWith(site, account, integrations))
    await page.evaluate(async () => {
      await window.analytics.track('A')
      await window.plugin.flush()
      addEventListener('pagehide', () => void window.analytics.track('At pagehide'))
    })
    await page.goto('about:blank')
    await expect.poll(account.events).toEqual(comes ? ['A', 'At pagehide'] : [])
  })

  test(`integrations of one call ${what}, also as the page ends`, async ({ page, site, account }) => {
    await enter(page, pageWith(site, account, {}))
    await page.evaluate(async (given) => {
      await window.analytics.track('A', {}, { integrations: given })
      await window.plugin.flush()
      addEventListener('pagehide', () => {
        void window.analytics.track('At pagehide', {}, { integrations: given })
        void window.analytics.track('Any')
      })
    }, integrations)
    await page.goto('about:blank')
    await expect.poll(async () => (await account.events()).includes('Any')).toBe(true)
    const events = await account.events()
    expect(events.filter((event) => event !== 'Any')).toEqual(comes ? ['A', 'At pagehide'] : [])
  })
}

test('the integrations of a call override those of the page', async ({ page, site, account }) => {
  await enter(page, pageWith(site, account, { UserEngage: false }))
  await page.evaluate(async () => {
    await window.analytics.track('No')
    await window.analytics.track('Yes', {}, { integrations: { UserEngage: true } })
    await window.plugin.flush()
  })
  expect(await account.events()).toEqual(['Yes'])
})
