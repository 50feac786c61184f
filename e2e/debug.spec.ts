import { readFileSync } from 'node:fs'
import { track } from './support/calls.ts'
import { passTimeUntil, stopClock } from './support/clock.ts'
import { masked, pluginLines } from './support/console.ts'
import { enter, expect, test } from './support/fixtures.ts'
import { scriptTag } from './support/site.ts'

test('the transcript of the documentation is what the console has', async ({
  page,
  site,
  account,
  errors,
}) => {
  const lines = pluginLines(page)
  const ends = (text: string) => () => lines.at(-1)?.includes(text)
  await stopClock(page)
  const attributes = `data-debug data-settings='{"omit": ["resolution"]}'`
  await page.goto(site.put(scriptTag('userengage-analytics.min.js', account, attributes)))
  await page.evaluate(() => void window.analytics.page('Home'))
  await passTimeUntil(page, ends('1 delivered.'), true, 20)
  await page.evaluate(() => void window.analytics.identify('ada', { plan: 'pro' }))
  await passTimeUntil(page, ends('2 delivered.'), true, 20)
  // More often than one attempt tries.
  await account.answersWith({ status: 503, times: 3 })
  await page.evaluate(() => void window.analytics.track('Order Completed', { total: 12 }))
  await passTimeUntil(page, ends('3 delivered, 3 requests repeated.'), true, 200)
  const others = { integrations: { All: false } }
  await page.evaluate((options) => void window.analytics.track('Only For Others', {}, options), others)
  await passTimeUntil(page, ends('integrations'), true, 20)
  await account.answersWith({ status: 400 })
  await page.evaluate(() => void window.analytics.track('Order Refunded'))
  await passTimeUntil(page, () => errors.splice(0).length, 1, 20)

  const [, transcript = ''] =
    /^```text\n(.*?)^```$/ms.exec(readFileSync('docs/troubleshooting.md', 'utf8')) ?? []
  expect(masked(lines)).toEqual(masked(transcript.trimEnd().split('\n')))
})

test('the lines of an outage, a Retry-After, a second tab and a closed page say what waits, and why', async ({
  page,
  context,
  shop,
  account,
}) => {
  const lines = pluginLines(page)
  const url = shop({ debug: true, workerUrl: false })
  await enter(page, url)
  await account.answersWith({ status: 503, retryAfter: 600 })
  await track(page, 'A')
  await expect.poll(() => lines.at(-1)).toContain('Next try')
  await track(page, 'B')
  const second = await context.newPage()
  const linesOfSecond = pluginLines(second)
  await enter(second, url)
  await expect.poll(() => linesOfSecond.at(-1)).toContain('another tab')
  await track(second, 'C')
  await expect.poll(() => linesOfSecond.at(-1)).toContain('Retry-After')
  const ofSecond = masked(linesOfSecond)
  await second.close()
  await expect.poll(() => lines.at(-1)).toContain('closed tabs')

  const start = 'VERSION sends to URL. Settings: workerUrl false.'
  expect(masked(lines)).toEqual([
    start,
    '#1 track "A" (anonymous): queued',
    '#1 track "A" (anonymous): still queued: the endpoint answered 503. Next try in 10 minutes, at TIME. So far: 0 delivered, 1 queued.',
    '#2 track "B" (anonymous): queued',
    '1 message of earlier pages or closed tabs: queued here now',
  ])
  expect(ofSecond).toEqual([
    start,
    '2 messages of another tab of the site: queued there, and sent from there.',
    '#1 track "C" (anonymous): queued',
    'All messages stay queued: the endpoint asks for a pause (Retry-After). Next try in 10 minutes, at TIME. So far: 0 delivered, 1 queued.',
  ])
})

test('offline, a line says so, and that the messages go as soon as the browser is online', async ({
  page,
  context,
  shop,
  account,
}) => {
  const lines = pluginLines(page)
  // A browser without a network still reaches an endpoint on its own machine.
  const endpoint = account.endpoint.replace('localhost', 'shop.test')
  await page.route(endpoint, (route) => route.fulfill({ headers: { 'access-control-allow-origin': '*' } }))
  await enter(page, shop({ debug: true, workerUrl: false, endpoint }))
  await context.setOffline(true)
  for (const name of ['A', 'B']) await track(page, name)
  await expect.poll(() => lines.length).toBe(4)
  await context.setOffline(false)
  await expect.poll(() => lines.at(-1)).toContain('2 delivered')
  expect(masked(lines)).toEqual([
    'VERSION sends to URL. Settings: workerUrl false.',
    '#1 track "A" (anonymous): queued',
    'All messages stay queued: the browser is offline. They go as soon as it is online. So far: 0 delivered, 1 queued.',
    '#2 track "B" (anonymous): queued',
    '#1 track "A" (anonymous): delivered N s after the call',
    '#2 track "B" (anonymous): delivered N s after the call. So far: 2 delivered.',
  ])
})

test('the groups contain the messages, and the API key is nowhere on the console', async ({
  page,
  openShop,
  account,
  errors,
}) => {
  const written: Promise<string>[] = []
  page.on('console', (line) => {
    written.push(Promise.all(line.args().map((arg) => arg.jsonValue())).then((args) => JSON.stringify(args)))
  })
  await openShop({ debug: true, consent: ['C0002'] })
  const consent = { categoryPreferences: { C0002: true } }
  await account.revokesKey(true)
  await page.evaluate((context) => window.analytics.track('A', { total: 12 }, { context }).then(() => true), {
    consent,
  })
  await expect.poll(() => errors.splice(0).length).toBe(1)
  await account.revokesKey(false)
  await page.evaluate(() => window.plugin.flush())
  await track(page, 'Declined')
  const all = (await Promise.all(written)).join('\n')
  expect(all).toContain('"properties":{"total":12}')
  expect(all).toContain('delivered')
  expect(all).not.toContain(account.apiKey)
  expect(all).not.toContain(Buffer.from(account.apiKey).toString('base64').slice(0, -3))
})

test('a plugin that is switched off says so, and reads no other setting', async ({ page, site }) => {
  const lines = pluginLines(page)
  await page.goto(
    site.put(`<script type="module">
      import '/app/main.js'
      const analytics = new Analytics({ writeKey: 'unused' })
      const key = undefined
      await analytics.register(userEngage({ enabled: Boolean(key), apiKey: key, endpoint: undefined, debug: true }))
      await analytics.track('A')
      window.plugin = true
    </script>`),
  )
  await page.waitForFunction(() => window.plugin !== undefined)
  expect(masked(lines)).toEqual(['does nothing, because `enabled` is false.'])
})
