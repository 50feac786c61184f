import { stopClock } from './support/clock.ts'
import { expect, test } from './support/fixtures.ts'
import { withoutSegmentHosts } from './support/segment-hosts.ts'
import { scriptTag } from './support/site.ts'
import { snippets } from './support/snippet.ts'

const snippet = snippets['5.2.1']

for (const version of ['4.15.3', '5.2.1'] as const) {
  for (const order of ['before', 'after'] as const) {
    for (const loading of ['', 'async', 'defer']) {
      const isFirst = order === 'before' && loading === ''
      const what = isFirst ? 'every call' : 'the calls that follow'
      test(`userengage.min.js ${loading} ${order} the snippet ${version} takes ${what}`, async ({
        page,
        site,
        account,
      }) => {
        const tags = [scriptTag('userengage.min.js', account, loading), snippets[version](site.origin)]
        await page.goto(site.put((order === 'before' ? tags : tags.reverse()).join('')))
        await page.waitForFunction(() => {
          const { queue } = window.analytics as unknown as { queue?: { plugins: { name: string }[] } }
          return queue?.plugins.some(({ name }) => name === 'UserEngage')
        })
        await page.evaluate(() => void window.analytics.track('Product Viewed'))
        await expect.poll(account.events).toContain('Product Viewed')
        // The snippet itself calls `page`, which analytics.js dispatches as soon as it is loaded.
        if (isFirst)
          await expect.poll(async () => (await account.events()).sort()).toEqual(['Product Viewed', 'page'])
      })
    }
  }
}

test('userengage.min.js registers with an analytics.js that loaded long before', async ({
  page,
  site,
  account,
}) => {
  await page.goto(site.put(snippet(site.origin)))
  await page.waitForFunction(() => window.analytics.initialized as unknown as boolean)
  await page.evaluate(
    ({ apiKey, endpoint }) => {
      const script = document.createElement('script')
      script.src = '/dist/userengage.min.js'
      Object.assign(script.dataset, { apiKey, endpoint })
      return new Promise((resolve) => {
        script.onload = resolve
        document.head.append(script)
      })
    },
    { apiKey: account.apiKey, endpoint: account.endpoint },
  )
  await page.evaluate(() => void window.analytics.track('Product Viewed'))
  await expect.poll(account.events).toEqual(['Product Viewed'])
})

test('the all-in-one file has all of Analytics.js, and sends requests to the endpoint only', async ({
  page,
  site,
  account,
}) => {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  await page.goto(site.put(scriptTag('userengage-analytics.min.js', account)))
  await page.evaluate(async () => {
    window.analytics.identify('ada', { name: 'Ada Lovelace' })
    window.analytics.page()
    window.analytics.group('acme', { name: 'Acme' })
    await window.analytics.track('Product Viewed')
  })
  await expect.poll(account.events).toEqual(['identify', 'page', 'group', 'Product Viewed'])
  expect(await account.profile('ada')).toMatchObject({
    first_name: 'Ada',
    last_name: 'Lovelace',
    page_views: 1,
  })
  expect([...hosts].sort()).toEqual([new URL(site.origin).host, new URL(account.endpoint).host].sort())
})

test('the all-in-one file replays the calls of a stub in order', async ({ page, site, account }) => {
  const stub = `<script>
    window.analytics = []
    for (const method of ['track', 'identify', 'page']) {
      analytics[method] = (...args) => analytics.push([method, ...args])
    }
    analytics.track('First'); analytics.identify('ada'); analytics.track('Second')
  </script>`
  await page.goto(site.put(stub + scriptTag('userengage-analytics.min.js', account, 'async')))
  await expect.poll(account.events).toEqual(['First', 'identify', 'Second'])
  expect((await account.messages())[2]?.body).toMatchObject({ event: 'Second', userId: 'ada' })
})

test('data-global sets the name of analytics, and data-settings any further settings', async ({
  page,
  site,
  account,
}) => {
  const lines: string[] = []
  page.on('console', (line) => lines.push(line.text()))
  const more = `data-global="tracker" data-debug data-settings='{"timeoutMs": 5000}'`
  await page.goto(site.put(scriptTag('userengage-analytics.min.js', account, more)))
  await page.evaluate(
    () => void (window as unknown as { tracker: Window['analytics'] }).tracker.track('Hello'),
  )
  await expect.poll(account.events).toEqual(['Hello'])
  await expect
    .poll(() => lines.filter((line) => /^\[UserEngage\] #\w+ track "Hello" .*: delivered/.test(line)))
    .toHaveLength(1)
})

for (const [file, attributes, said] of [
  [
    'userengage.min.js',
    'data-api-key="k"',
    /endpoint must be an absolute http\(s\) URL.*got undefined.*write data-api-key/,
  ],
  ['userengage.min.js', `data-settings="{oops"`, /data-settings must be a JSON object.*got \{oops/],
  ['userengage-analytics.min.js', '', /apiKey must be .*got undefined.*write data-api-key/],
] as const) {
  test(`${file} with <script ${attributes}> says what to write and breaks nothing`, async ({
    page,
    site,
    errors,
  }) => {
    await page.goto(
      site.put(
        `<script src="/dist/${file}" ${attributes}></script><script>analytics = window.analytics || []</script>`,
      ),
    )
    await expect.poll(() => errors.length).toBe(1)
    expect(errors.pop()).toMatch(said)
  })
}

test('userengage.min.js registers with a snippet that has another name than analytics', async ({
  page,
  site,
  account,
}) => {
  // Under another name, analytics.js does not find the address of its files in the snippet.
  await withoutSegmentHosts(page)
  await page.goto(
    site.put(
      scriptTag('userengage.min.js', account, 'data-global="tracker"') + snippet(site.origin, 'tracker'),
    ),
  )
  await expect.poll(account.events).toEqual(['page'])
  expect(await page.evaluate(() => window.analytics)).toBeUndefined()
})

test('userengage.min.js makes no request and logs no error without analytics.js', async ({
  page,
  site,
  account,
}) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(new URL(request.url()).pathname))
  await stopClock(page)
  const url = site.put(scriptTag('userengage.min.js', account))
  await page.goto(url)
  await page.clock.runFor(60_000)
  expect(requests).toEqual([new URL(url).pathname, '/dist/userengage.min.js'])
})

test('Analytics.js loads the plugin by its libraryName as a remote plugin', async ({
  page,
  site,
  account,
}) => {
  const settings = { apiKey: account.apiKey, endpoint: account.endpoint }
  const remote = {
    name: 'UserEngage',
    creationName: 'UserEngage',
    libraryName: 'UserEngageDestination',
    settings,
    url: `${site.origin}/dist/userengage.min.js`,
  }
  await page.goto(
    site.put(`<script type="module">
      import '/app/main.js'
      const cdnSettings = { integrations: { UserEngage: {} }, remotePlugins: [${JSON.stringify(remote)}] }
      window.analytics = AnalyticsBrowser.load({ writeKey: 'test', cdnSettings }, { integrations: { 'Segment.io': false } })
      analytics.track('Remote')
    </script>`),
  )
  await expect.poll(account.events).toEqual(['Remote'])
})

test('userengage.min.js without attributes only sets the factory', async ({ page, site }) => {
  await page.goto(site.put('<script src="/dist/userengage.min.js"></script>'))
  expect(
    await page.evaluate(
      () =>
        (window as never as { UserEngageDestination: { pluginName: string } }).UserEngageDestination
          .pluginName,
    ),
  ).toBe('UserEngage')
  expect(await page.evaluate(() => window.analytics)).toBeUndefined()
})
