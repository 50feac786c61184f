import { passTimeUntil } from './support/clock.ts'
import { expect } from './support/fixtures.ts'
import { openAccount } from './support/sandbox.ts'
import { isHistoryPatched, pageViewsBelow, test } from './support/single-page-app.ts'
import { scriptTag } from './support/site.ts'

for (const [world, hasNavigation] of [
  ['Navigation API', true],
  ['patched history', false],
] as const) {
  test.describe(world, () => {
    test.use({ hasNavigation })

    test.beforeEach(({ app }) => app.open())

    test('each route is one page call with its own title and URL, and the previous URL as referrer', async ({
      page,
      app,
    }) => {
      await app.go('/list?sort=price')
      await app.settle()
      await app.go('/item/1#reviews')
      await app.settle()
      await page.goBack()
      await app.settle()
      await page.goForward()
      await app.settle()
      expect(await app.pageViews()).toEqual([
        { path: '/list?sort=price', title: 'View /list?sort=price', referrer: '' },
        { path: '/item/1', title: 'View /item/1#reviews', referrer: '/list?sort=price' },
        { path: '/list?sort=price', title: 'View /list?sort=price', referrer: '/item/1' },
        { path: '/item/1', title: 'View /item/1#reviews', referrer: '/list?sort=price' },
      ])
    })

    test('anchors, replaced queries and the same URL again make no page call', async ({ page, app }) => {
      for (const [route, how] of [
        ['', 'push'],
        ['', 'replace'],
        ['?q=sh', 'replace'],
        ['?q=shoes', 'replace'],
        ['?q=shoes', 'push'],
        ['?q=shoes#top', 'push'],
        ['?q=shoes#bottom', 'replace'],
      ] as const) {
        await app.go(route, how)
        await app.settle()
      }
      await page.evaluate(() => {
        location.hash = '#section'
        history.replaceState({ scroll: 10 }, '')
      })
      await app.settle()
      await page.goBack()
      await app.settle()
      expect(await app.pageViews()).toEqual([])
      // The referrer of the next route is the URL that was shown last.
      await app.go('/next')
      await app.settle()
      expect(await app.pageViews()).toMatchObject([{ path: '/next', referrer: '?q=shoes' }])
    })

    test('routes in quick succession all count, and a redirect counts once', async ({ page, app }) => {
      await page.evaluate(() => {
        window.go('/a')
        window.go('/b')
        window.go('/private')
        window.go('/login', 'replace')
        window.go('/login?next=%2Fprivate', 'replace')
      })
      await app.settle()
      expect(await app.pageViews()).toMatchObject([
        { path: '/a', referrer: '' },
        { path: '/b', referrer: '/a' },
        { path: '/login?next=%2Fprivate', title: 'View /login?next=%2Fprivate', referrer: '/b' },
      ])
    })

    test('a redirect back to the current route is no page call', async ({ page, app }) => {
      await page.evaluate(() => {
        window.go('/private')
        window.go('', 'replace')
      })
      await app.settle()
      expect(await app.pageViews()).toEqual([])
    })

    test('the routes of a hash router count', async ({ page, app }) => {
      for (const hash of ['#/list', '#/item?id=1', '#!/old-style']) {
        await page.evaluate((to) => {
          location.hash = to
        }, hash)
        await app.settle()
      }
      await page.goBack()
      await app.settle()
      expect(await app.pageViews()).toEqual([
        { path: '#/list', title: 'View #/list', referrer: '' },
        { path: '#/item?id=1', title: 'View #/item?id=1', referrer: '#/list' },
        { path: '#!/old-style', title: 'View #!/old-style', referrer: '#/item?id=1' },
        { path: '#/item?id=1', title: 'View #/item?id=1', referrer: '#!/old-style' },
      ])
    })

    test('a route that the page leaves at once counts', async ({ page, app }) => {
      await page.evaluate(() => {
        window.go('/last')
        location.href = 'about:blank'
      })
      await page.waitForURL('about:blank')
      await expect.poll(app.pageViews).toMatchObject([{ path: '/last', referrer: '' }])
    })

    test('a page call that the app makes for a route replaces that of the plugin', async ({
      page,
      app,
      account,
    }) => {
      await page.evaluate(() => {
        window.go('/own')
        setTimeout(() => void window.analytics.page('Own'), 100)
      })
      await app.settle()
      const calls = (await account.messages()).slice(1).map(({ body }) => [body.type, body.name])
      expect(calls).toEqual([['page', 'Own']])
    })

    test('two plugins on a page make one call of each route, for both', async ({
      page,
      app,
      account,
      sandbox,
    }) => {
      const other = await openAccount(sandbox.origin)
      await page.evaluate(
        async ({ apiKey, endpoint }) => {
          await window.analytics.register?.(window.userEngage({ apiKey, endpoint, autoPage: true }))
          await window.analytics.register?.(window.plugin)
        },
        { apiKey: other.apiKey, endpoint: other.endpoint },
      )
      await app.go('/a')
      await app.settle()
      await page.evaluate(() => {
        window.go('/b')
        window.go('/c')
      })
      await app.settle()
      const pathsAt = async ({ messages }: typeof account) =>
        (await messages()).map(({ body }) => String(body.context.page?.url).replace(app.url, ''))
      await passTimeUntil(page, () => pathsAt(account), ['', '/a', '/b', '/c'])
      await passTimeUntil(page, () => pathsAt(other), ['/a', '/b', '/c'])
    })

    test('a plugin that is deregistered leaves nothing on the page', async ({ page, context, site, app }) => {
      const functions = () =>
        ['pushState', 'replaceState'].map(
          (name) => `${Object.hasOwn(history, name)} ${Reflect.get(history, name)}`,
        )
      await page.evaluate(async () => {
        window.go('/pending')
        await window.analytics.deregister?.('UserEngage')
      })
      const pageWithout = await context.newPage()
      await pageWithout.goto(site.put('<h1>Nothing</h1>'))
      expect(await page.evaluate(functions)).toEqual(await pageWithout.evaluate(functions))
      await app.go('/after')
      await app.settle()
      expect(await app.pageViews()).toEqual([])
    })
  })
}

test.describe('patched history', () => {
  test.use({ hasNavigation: false })

  test('a deregistered plugin leaves a later patch of `history` in place', async ({ page, app }) => {
    await app.open()
    expect(await page.evaluate(isHistoryPatched)).toBe(true)
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
    await app.settle()
    expect(await app.pageViews()).toEqual([])
  })
})

test('a page that comes back from the back/forward cache counts its routes as before', async ({
  page,
  app,
}) => {
  await app.open()
  await app.go('/a')
  await app.settle()
  // The events by which a browser says that it puts the page into the cache, and that the page comes back.
  await page.evaluate(() => {
    for (const moment of ['pagehide', 'pageshow'])
      dispatchEvent(new PageTransitionEvent(moment, { persisted: true }))
  })
  await app.settle()
  await app.go('/b')
  await app.settle()
  expect(await app.pageViews()).toMatchObject([
    { path: '/a', referrer: '' },
    { path: '/b', referrer: '/a' },
  ])
})

test.describe('without autoPage', () => {
  test.use({ autoPage: false })

  test('routes make no page call', async ({ app }) => {
    await app.open()
    await app.go('/a')
    await app.settle()
    expect(await app.pageViews()).toEqual([])
  })
})

test('a URL that a router replaces while the page is loading is no route', async ({
  page,
  site,
  account,
}) => {
  const tag = scriptTag('userengage-analytics.min.js', account, 'data-auto-page')
  const url = site.put(
    `${tag}<script>analytics.page(); history.replaceState({}, '', location.pathname + '/home')</script>`,
  )
  await page.goto(url)
  await expect.poll(account.events).toEqual(['page'])
  await page.evaluate(() => history.pushState({}, '', `${location.pathname}/next`))
  // A call for `/home` would be made before that for `/home/next`.
  const paths = async () => (await pageViewsBelow(url, account)).map(({ path }) => path)
  await expect.poll(paths).toEqual(['/home/next'])
})

test('the attribute data-auto-page turns autoPage on', async ({ page, site, account }) => {
  const url = site.put(scriptTag('userengage-analytics.min.js', account, 'data-auto-page'))
  await page.goto(url)
  await page.evaluate(() => void window.analytics.page())
  await expect.poll(account.events).toEqual(['page'])
  await page.evaluate(() => history.pushState({}, '', `${location.pathname}/a`))
  await expect.poll(() => pageViewsBelow(url, account)).toMatchObject([{ path: '/a', referrer: '' }])
})

test('navigation.navigate counts like a link', async ({ page, app }) => {
  await app.open()
  await page.evaluate(() => {
    navigation.addEventListener('navigate', (event) => event.intercept({ handler: async () => {} }))
    navigation.navigate(`${location.pathname}/a`)
  })
  await app.settle()
  expect(await app.pageViews()).toMatchObject([{ path: '/a', referrer: '' }])
})

test('a `page` that the site has wrapped without a return value throws nothing, on a change of route and at exit', async ({
  page,
  app,
  account,
}) => {
  await app.open()
  await page.evaluate(() => {
    const { page: original } = window.analytics
    window.analytics.page = (...given) => void original.apply(window.analytics, given) as never
  })
  await app.go('/wrapped')
  await app.settle()
  expect((await app.pageViews()).map(({ path }) => path)).toEqual(['/wrapped'])
  await page.evaluate(() => addEventListener('pagehide', () => void window.analytics.track('At exit')))
  await app.go('/left')
  await page.goto('about:blank')
  await expect.poll(account.events).toEqual(expect.arrayContaining(['page', 'At exit']))
})
