import { expect, test } from './support/fixtures.ts'
import { scriptTag } from './support/site.ts'

/** Segment's own snippet, 5.2.1, pointed at the site's copy of analytics.js. */
const snippet = (origin: string, key = 'analytics'): string => `<script>
  !function(){var i="${key}",analytics=window[i]=window[i]||[];if(!analytics.initialize)if(analytics.invoked)window.console&&console.error&&console.error("Segment snippet included twice.");else{analytics.invoked=!0;analytics.methods=["trackSubmit","trackClick","trackLink","trackForm","pageview","identify","reset","group","track","ready","alias","debug","page","screen","once","off","on","addSourceMiddleware","addIntegrationMiddleware","setAnonymousId","addDestinationMiddleware","register"];analytics.factory=function(e){return function(){if(window[i].initialized)return window[i][e].apply(window[i],arguments);var n=Array.prototype.slice.call(arguments);if(["track","screen","alias","group","page","identify"].indexOf(e)>-1){var c=document.querySelector("link[rel='canonical']");n.push({__t:"bpc",c:c&&c.getAttribute("href")||void 0,p:location.pathname,u:location.href,s:location.search,t:document.title,r:document.referrer})}n.unshift(e);analytics.push(n);return analytics}};for(var n=0;n<analytics.methods.length;n++){var key=analytics.methods[n];analytics[key]=analytics.factory(key)}analytics.load=function(key,n){var t=document.createElement("script");t.type="text/javascript";t.async=!0;t.setAttribute("data-global-segment-analytics-key",i);t.src="${origin}/analytics.js/v1/" + key + "/analytics.min.js";var r=document.getElementsByTagName("script")[0];r.parentNode.insertBefore(t,r);analytics._loadOptions=n};analytics._writeKey="KEY";analytics._cdn="${origin}";analytics.SNIPPET_VERSION="5.2.1";
  analytics.load("KEY",{integrations:{"Segment.io":false}});
  analytics.page();
  }}();
</script>`

for (const [order, page1] of [
  ['after', (site: string, plugin: string) => snippet(site) + plugin],
  ['before', (site: string, plugin: string) => plugin + snippet(site)],
] as const) {
  test(`userengage.min.js ${order} the official snippet takes every call`, async ({
    page,
    site,
    account,
  }) => {
    await page.goto(site.put(page1(site.origin, scriptTag('userengage.min.js', account))))
    await page.evaluate(() => void window.analytics.track('Product Viewed'))
    // Analytics.js replays what the snippet has buffered in tasks of their own, so these come in any order.
    await expect.poll(async () => (await account.events()).sort()).toEqual(['Product Viewed', 'page'])
  })
}

test('userengage.min.js joins an analytics.js that has been loaded long before', async ({
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

test('the all-in-one file is the whole Analytics.js and talks to the endpoint only', async ({
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

test('the all-in-one file replays the calls of a stub in their order', async ({ page, site, account }) => {
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

test('a page’s own name for analytics, with further settings as JSON', async ({ page, site, account }) => {
  const lines: string[] = []
  page.on('console', (line) => lines.push(line.text()))
  const more = `data-global="tracker" data-debug data-settings='{"timeoutMs": 5000}'`
  await page.goto(site.put(scriptTag('userengage-analytics.min.js', account, more)))
  await page.evaluate(
    () => void (window as unknown as { tracker: Window['analytics'] }).tracker.track('Hello'),
  )
  await expect.poll(account.events).toEqual(['Hello'])
  await expect
    .poll(() => lines.filter((line) => line.startsWith('[UserEngage] delivered track')))
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

test('userengage.min.js without attributes leaves the factory for use as a libraryName', async ({
  page,
  site,
}) => {
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
