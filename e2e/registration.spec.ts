import type { Page } from '@playwright/test'
import { passTimeUntil, stopClock } from './support/clock.ts'
import { expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'

/** A page that loads analytics with further settings, given as source code, and with remote plugins of a workspace. */
const load = (settings: string, remotePlugins = '[]'): string => `<script type="module">
    import '/app/main.js'
    window.analytics = AnalyticsBrowser.load(
      {
        writeKey: 'test',
        cdnSettings: {
          integrations: { 'Segment.io': { apiKey: '' } },
          metrics: { sampleRate: 0 },
          remotePlugins: ${remotePlugins},
        },
        ${settings}
      },
      { integrations: { 'Segment.io': false } },
    )
    await analytics
    window.loaded = true
  </script>`
const settingsOf = ({ apiKey, endpoint }: Account): string => JSON.stringify({ apiKey, endpoint })

/** Opens a page, lets ten seconds pass, and gives the warnings that it logged. */
async function warningsOf(page: Page, url: string): Promise<string[]> {
  const warnings: string[] = []
  page.on('console', (line) => {
    if (line.type() === 'warning') warnings.push(line.text())
  })
  await stopClock(page)
  await page.goto(url)
  await passTimeUntil(page, () => page.evaluate(() => 'loaded' in window), true)
  await page.clock.runFor(10_000)
  return warnings
}

test('a factory among `plugins` that is not called logs one warning', async ({ page, site }) => {
  const warnings = await warningsOf(page, site.put(load('plugins: [userEngage, userEngage],')))
  expect(warnings).toEqual([
    expect.stringMatching(/plugins: \[userEngage\] does nothing; write plugins: \[userEngage\(/),
  ])
})

test('a plugin among `plugins` logs no warning, and calls arrive', async ({ page, site, account }) => {
  const url = site.put(load(`plugins: [userEngage(${settingsOf(account)})],`))
  expect(await warningsOf(page, url)).toEqual([])
  await page.evaluate(() => void window.analytics.track('A'))
  await passTimeUntil(page, account.events, ['A'])
})

test('a factory among `plugins` that a workspace uses as a remote plugin logs no warning', async ({
  page,
  site,
  account,
}) => {
  const remote = `[{
    name: 'UserEngage', creationName: 'UserEngage', libraryName: 'UserEngageDestination',
    url: 'https://cdn.example/never-loaded.js', settings: ${settingsOf(account)},
  }]`
  expect(await warningsOf(page, site.put(load('plugins: [userEngage],', remote)))).toEqual([])
  await page.evaluate(() => void window.analytics.track('A'))
  await passTimeUntil(page, account.events, ['A'])
})

test('the warning for a misspelt setting names the intended one', async ({ page, site, account }) => {
  const misspelt = `plugins: [userEngage({ ...${settingsOf(account)}, timeout: 5, queue: { maxMesages: 5 } })],`
  expect(await warningsOf(page, site.put(load(misspelt)))).toEqual([
    expect.stringMatching(/unknown setting timeout: ignored\. Did you mean timeoutMs\?/),
    expect.stringMatching(/unknown setting queue\.maxMesages: ignored\. Did you mean queue\.maxMessages\?/),
  ])
})
