import { expect, test } from './support/fixtures.ts'
import { withoutSegment } from './support/shop-page.ts'
import { scriptTag } from './support/site.ts'

test('each of the four calls arrives at the profile', async ({ openShop, account }) => {
  const page = await openShop()
  await page.evaluate(async () => {
    await window.analytics.identify('ada', {
      firstName: 'Ada',
      email: 'ada@example.com',
      plan: 'pro',
      City: 'Warsaw',
    })
    await window.analytics.page('Home')
    await window.analytics.track('Order Completed', { total: 12 })
    await window.analytics.group('acme', { name: 'Acme', employeeCount: 42, tier: 'gold' })
    await window.plugin.flush()
  })
  expect(await account.profile('ada')).toMatchObject({
    custom_id: 'ada',
    first_name: 'Ada',
    email: 'ada@example.com',
    plan: 'pro',
    city: 'Warsaw',
    page_views: 1,
    companies: [{ custom_id: 'acme', name: 'Acme' }],
  })
  expect(await account.eventsOf('ada')).toMatchObject([{ name: 'Order Completed', data: { total: '12' } }])
  expect(await account.pageViewsOf('ada')).toMatchObject([{ url: page.url(), title: 'A shop' }])
  expect(await account.company('acme')).toMatchObject({
    name: 'Acme',
    employees: 42,
    tier: 'gold',
    members: [{ custom_id: 'ada' }],
  })
  expect(await page.evaluate(() => window.plugin.stats())).toEqual({
    queued: 0,
    inFlight: 0,
    delivered: 4,
    retried: 0,
    dropped: {},
  })
})

test('a request follows Segment’s contract for partner endpoints', async ({ openShop, account }) => {
  const page = await openShop()
  const before = Date.now()
  const id = await page.evaluate(async () => {
    const { event } = await window.analytics.track(
      'Product Viewed',
      { sku: 'A1' },
      { context: { ip: '203.0.113.7' } },
    )
    await window.plugin.flush()
    return event.messageId
  })
  const [{ headers, body }] = (await account.messages()) as [Awaited<ReturnType<typeof account.messages>>[0]]
  expect(headers).toMatchObject({
    authorization: `Basic ${btoa(`${account.apiKey}:`)}`,
    'content-type': 'application/json',
    origin: new URL(page.url()).origin,
  })
  expect(body).toMatchObject({
    type: 'track',
    event: 'Product Viewed',
    properties: { sku: 'A1' },
    messageId: id,
  })
  expect(body).toMatchObject({ anonymousId: expect.any(String), context: { ip: '203.0.113.7' } })
  for (const time of [body.timestamp, body.sentAt]) {
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(Date.parse(time)).toBeGreaterThanOrEqual(before)
  }
  expect(Date.parse(body.sentAt)).toBeGreaterThanOrEqual(Date.parse(body.timestamp))
})

test('alias and screen are ignored', async ({ openShop, account }) => {
  const page = await openShop()
  await page.evaluate(async () => {
    await window.analytics.alias('someone')
    await window.analytics.screen('Home')
    await window.analytics.track('After')
    await window.plugin.flush()
  })
  expect(await account.events()).toEqual(['After'])
})

test('calls made before and after the plugin is registered both arrive', async ({ page, site, account }) => {
  const url = site.put(`<script type="module">
    import '/app/main.js'
    window.analytics = AnalyticsBrowser.load(${withoutSegment})
    analytics.track('Before')
    window.plugin = userEngage({ apiKey: '${account.apiKey}', endpoint: '${account.endpoint}' })
    analytics.register(plugin)
    await analytics
    analytics.track('After')
  </script>`)
  await page.goto(url)
  // Analytics.js replays buffered calls in separate tasks, so these arrive in any order.
  await expect.poll(async () => (await account.events()).sort()).toEqual(['After', 'Before'])
})

test('a plugin registered after Analytics.js has loaded delivers the calls that follow', async ({
  page,
  site,
  account,
}) => {
  const url = site.put(`<script type="module">
    import '/app/main.js'
    window.analytics = AnalyticsBrowser.load(${withoutSegment})
    await analytics.track('Missed')
    window.plugin = userEngage({ apiKey: '${account.apiKey}', endpoint: '${account.endpoint}' })
    await analytics.register(plugin)
    analytics.track('Taken')
  </script>`)
  await page.goto(url)
  await expect.poll(account.events).toEqual(['Taken'])
})

test('wrong settings throw a TypeError that says what to do', async ({ openShop }) => {
  const page = await openShop()
  const errorOf = (settings: unknown) =>
    page.evaluate((given) => {
      try {
        window.userEngage(given as Parameters<typeof window.userEngage>[0])
        return 'none'
      } catch (error) {
        return String(error)
      }
    }, settings)
  expect(await errorOf({})).toMatch(
    /^TypeError: \[UserEngage\] apiKey must be .*App settings > Advanced > Segment API keys; got undefined\.$/,
  )
  expect(await errorOf({ apiKey: '', endpoint: 'https://x.example/' })).toMatch(
    /^TypeError: .*apiKey .*got ""/,
  )
  expect(await errorOf({ apiKey: 'k', endpoint: 'x.example' })).toMatch(
    /^TypeError: .*endpoint must be an absolute http\(s\) URL.*got "x.example"/,
  )
})

test('a module of a page without a bundler uses the all-in-one file', async ({ page, site, account }) => {
  const url = site.put(`${scriptTag('userengage-analytics.min.js', account)}
  <script type="module">
    window.factory = typeof UserEngageDestination
    analytics.track('Alone')
  </script>`)
  await page.goto(url)
  await expect.poll(account.events).toEqual(['Alone'])
  expect(await page.evaluate('factory')).toBe('function')
})
