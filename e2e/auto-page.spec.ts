import type { Page } from '@playwright/test'
import { enter, expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'
import { withoutSegment } from './support/shop-page.ts'
import { scriptTag } from './support/site.ts'

declare global {
  interface Window {
    /** Goes to a route of the app, as a framework's router does. */
    go(route: string, how?: 'push' | 'replace'): void
  }
}

/** A small single-page app: its router changes the URL first, and the title when the view is there. */
const app = ({ apiKey, endpoint }: Account, settings: object = { autoPage: true }): string => `
  <script type="module">
    import '/app/main.js'
    const base = location.pathname
    const show = () => setTimeout(() => { document.title = 'View ' + location.href.slice(location.origin.length + base.length) }, 50)
    window.go = (route, how = 'push') => { history[how + 'State']({}, '', base + route); show() }
    addEventListener('popstate', show)
    window.analytics = AnalyticsBrowser.load(${withoutSegment})
    const plugin = userEngage(${JSON.stringify({ apiKey, endpoint, ...settings })})
    await analytics.register(plugin)
    window.plugin = plugin
    analytics.page()
  </script>`

interface PageView {
  path: string
  title: unknown
  referrer: string
}
/** The page calls after the first, with what they say below the app's own address. */
async function routes(account: Account, base: string): Promise<PageView[]> {
  const below = (url: unknown): string => String(url).replace(base, '')
  const calls = (await account.messages()).filter(({ body }) => body.type === 'page').slice(1)
  return calls.map(({ body }) => {
    const { url, title, referrer } = body.context.page ?? {}
    const properties = body.properties as Record<string, unknown>
    expect(properties).toMatchObject({ url, title, referrer })
    expect(new URL(String(url))).toMatchObject({ pathname: properties.path, search: properties.search })
    return { path: below(url), title, referrer: below(referrer) }
  })
}

/** Waits until a route has had its time, and a while longer. */
const settled = (page: Page): Promise<void> => page.waitForTimeout(900)

/** Every test runs in both worlds: with the Navigation API, and in a browser that has none. */
for (const [world, hasNavigation] of [
  ['Navigation API', true],
  ['patched history', false],
] as const) {
  test.describe(world, () => {
    test.beforeEach(async ({ page }) => {
      if (hasNavigation) return
      await page.addInitScript(() => Reflect.deleteProperty(window, 'navigation'))
    })
    const open = async (page: Page, url: string): Promise<void> => {
      await enter(page, url)
      if (!hasNavigation) await page.waitForFunction(() => Object.hasOwn(history, 'pushState'))
    }

    test('each route is one page call, with its own title and URL, and the one before as referrer', async ({
      page,
      site,
      account,
    }) => {
      const url = site.put(app(account))
      await open(page, url)
      await page.evaluate(() => window.go('/list?sort=price'))
      await settled(page)
      await page.evaluate(() => window.go('/item/1#reviews'))
      await settled(page)
      await page.goBack()
      await settled(page)
      await page.goForward()
      await settled(page)
      await expect
        .poll(() => routes(account, url))
        .toEqual([
          { path: '/list?sort=price', title: 'View /list?sort=price', referrer: '' },
          { path: '/item/1', title: 'View /item/1#reviews', referrer: '/list?sort=price' },
          { path: '/list?sort=price', title: 'View /list?sort=price', referrer: '/item/1' },
          { path: '/item/1', title: 'View /item/1#reviews', referrer: '/list?sort=price' },
        ])
    })

    test('what is no route is no page call: anchors, queries that are replaced, the same URL again', async ({
      page,
      site,
      account,
    }) => {
      const url = site.put(app(account))
      await open(page, url)
      for (const [route, how] of [
        ['', 'push'],
        ['', 'replace'],
        ['?q=sh', 'replace'],
        ['?q=shoes', 'replace'],
        ['?q=shoes', 'push'],
        ['?q=shoes#top', 'push'],
        ['?q=shoes#bottom', 'replace'],
      ] as const) {
        await page.evaluate(([to, as]) => window.go(to, as), [route, how] as const)
        await settled(page)
      }
      await page.evaluate(() => {
        location.hash = '#section'
        history.replaceState({ scroll: 10 }, '')
      })
      await settled(page)
      await page.goBack()
      await settled(page)
      expect(await routes(account, url)).toEqual([])
      // And the next route has the URL as referrer that was last shown.
      await page.evaluate(() => window.go('/next'))
      await expect.poll(() => routes(account, url)).toMatchObject([{ path: '/next', referrer: '?q=shoes' }])
    })

    test('routes in quick succession all count, and a redirect counts once', async ({
      page,
      site,
      account,
    }) => {
      const url = site.put(app(account))
      await open(page, url)
      await page.evaluate(() => {
        window.go('/a')
        window.go('/b')
        window.go('/private')
        window.go('/login', 'replace')
        window.go('/login?next=%2Fprivate', 'replace')
      })
      const expected = [
        { path: '/a', referrer: '' },
        { path: '/b', referrer: '/a' },
        { path: '/login?next=%2Fprivate', title: 'View /login?next=%2Fprivate', referrer: '/b' },
      ]
      await expect.poll(() => routes(account, url)).toMatchObject(expected)
      await settled(page)
      expect(await routes(account, url)).toHaveLength(3)
    })

    test('a redirect back to where one was is no page call', async ({ page, site, account }) => {
      const url = site.put(app(account))
      await open(page, url)
      await page.evaluate(() => {
        window.go('/private')
        window.go('', 'replace')
      })
      await settled(page)
      expect(await routes(account, url)).toEqual([])
    })

    test('the routes of a hash router count', async ({ page, site, account }) => {
      const url = site.put(app(account))
      await open(page, url)
      for (const hash of ['#/list', '#/item?id=1', '#!/old-style']) {
        await page.evaluate((to) => {
          location.hash = to
        }, hash)
        await settled(page)
      }
      await page.goBack()
      await settled(page)
      await expect
        .poll(() => routes(account, url))
        .toEqual([
          { path: '#/list', title: 'View #/list', referrer: '' },
          { path: '#/item?id=1', title: 'View #/item?id=1', referrer: '#/list' },
          { path: '#!/old-style', title: 'View #!/old-style', referrer: '#/item?id=1' },
          { path: '#/item?id=1', title: 'View #/item?id=1', referrer: '#!/old-style' },
        ])
    })

    test('a route that the page leaves at once is told', async ({ page, site, account }) => {
      const url = site.put(app(account))
      await open(page, url)
      await page.evaluate(() => window.plugin.flush())
      await page.evaluate(() => {
        window.go('/last')
        location.href = 'about:blank'
      })
      await expect.poll(() => routes(account, url)).toMatchObject([{ path: '/last', referrer: '' }])
    })

    test('a page call that the app makes itself takes the place of ours', async ({ page, site, account }) => {
      const url = site.put(app(account))
      await open(page, url)
      await page.evaluate(() => {
        window.go('/own')
        setTimeout(() => void window.analytics.page('Own'), 100)
      })
      await settled(page)
      const calls = (await account.messages()).slice(1).map(({ body }) => [body.type, body.name])
      expect(calls).toEqual([['page', 'Own']])
    })

    test('two plugins on a page make one call of each route, for both', async ({
      page,
      site,
      account,
      sandbox,
    }) => {
      const { openAccount } = await import('./support/sandbox.ts')
      const other = await openAccount(sandbox.origin)
      const url = site.put(app(account))
      await open(page, url)
      await page.evaluate(
        async ({ apiKey, endpoint }) => {
          await window.analytics.register?.(window.userEngage({ apiKey, endpoint, autoPage: true }))
          await window.analytics.register?.(window.plugin)
        },
        { apiKey: other.apiKey, endpoint: other.endpoint },
      )
      await settled(page)
      await page.evaluate(() => window.go('/a'))
      await settled(page)
      await page.evaluate(() => {
        window.go('/b')
        window.go('/c')
      })
      await settled(page)
      for (const { messages } of [account, other]) {
        const paths = (await messages()).map(({ body }) => String(body.context.page?.url).replace(url, ''))
        expect(paths.slice(-3)).toEqual(['/a', '/b', '/c'])
      }
      expect(await account.messages()).toHaveLength(4)
      expect(await other.messages()).toHaveLength(3)
    })

    test('deregistered, the plugin leaves nothing on the page', async ({ page, site, account }) => {
      const url = site.put(app(account))
      const functions = () =>
        ['pushState', 'replaceState'].map(
          (name) => `${Object.hasOwn(history, name)} ${Reflect.get(history, name)}`,
        )
      await page.goto(site.put('<h1>Nothing</h1>'))
      const before = await page.evaluate(functions)
      await open(page, url)
      await page.evaluate(() => window.plugin.flush())
      await page.evaluate(async () => {
        window.go('/pending')
        await window.analytics.deregister?.('UserEngage')
      })
      expect(await page.evaluate(functions)).toEqual(before)
      await page.evaluate(() => window.go('/after'))
      await settled(page)
      expect(await routes(account, url)).toEqual([])
    })
  })
}

test('who has patched history since is not undone, and calls what does nothing any more', async ({
  page,
  site,
  account,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'navigation'))
  const url = site.put(app(account))
  await enter(page, url)
  await page.waitForFunction(() => Object.hasOwn(history, 'pushState'))
  const pushed = await page.evaluate(async () => {
    const seen: string[] = []
    const { pushState } = history
    history.pushState = (...given) => {
      pushState.apply(history, given)
      seen.push(location.pathname)
    }
    await window.analytics.deregister?.('UserEngage')
    window.go('/after')
    return seen
  })
  expect(pushed).toEqual([expect.stringMatching(/\/after$/)])
  await settled(page)
  expect(await routes(account, url)).toEqual([])
})

test('a page that comes back from the back/forward cache counts its routes as before', async ({
  page,
  site,
  account,
}) => {
  const url = site.put(app(account))
  await enter(page, url)
  await page.evaluate(() => window.go('/a'))
  await settled(page)
  // As the browser tells it: the page is put into the cache, and comes back.
  await page.evaluate(() => {
    for (const moment of ['pagehide', 'pageshow'])
      dispatchEvent(new PageTransitionEvent(moment, { persisted: true }))
  })
  await settled(page)
  await page.evaluate(() => window.go('/b'))
  await settled(page)
  await expect
    .poll(() => routes(account, url))
    .toMatchObject([
      { path: '/a', referrer: '' },
      { path: '/b', referrer: '/a' },
    ])
})

test('without the setting, routes are the site’s own business', async ({ page, site, account }) => {
  const url = site.put(app(account, {}))
  await enter(page, url)
  await page.evaluate(() => window.go('/a'))
  await settled(page)
  expect(await routes(account, url)).toEqual([])
})

test('what a router tidies up while the page is loading is not another page', async ({
  page,
  site,
  account,
}) => {
  const tag = scriptTag('userengage-analytics.min.js', account, 'data-auto-page')
  const url = site.put(
    `${tag}<script>analytics.page(); history.replaceState({}, '', location.pathname + '/home')</script>`,
  )
  await page.goto(url)
  await page.evaluate(() => history.pushState({}, '', `${location.pathname}/next`))
  await settled(page)
  expect((await routes(account, url)).map(({ path }) => path)).toEqual(['/home/next'])
})

test('the attribute data-auto-page turns it on', async ({ page, site, account }) => {
  const url = site.put(scriptTag('userengage-analytics.min.js', account, 'data-auto-page'))
  await page.goto(url)
  await page.evaluate(() => void window.analytics.page())
  await page.evaluate(() => history.pushState({}, '', `${location.pathname}/a`))
  await expect.poll(() => routes(account, url)).toMatchObject([{ path: '/a', referrer: '' }])
})

test('navigation.navigate counts like a link', async ({ page, site, account }) => {
  const url = site.put(app(account))
  await enter(page, url)
  await page.evaluate(() => {
    navigation.addEventListener('navigate', (event) => event.intercept({ handler: async () => {} }))
    navigation.navigate(`${location.pathname}/a`)
  })
  await expect.poll(() => routes(account, url)).toMatchObject([{ path: '/a', referrer: '' }])
})
