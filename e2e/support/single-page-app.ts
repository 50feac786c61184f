import { unsettled } from './calls.ts'
import { passTimeUntil, stopClock } from './clock.ts'
import { test as base, enter, expect } from './fixtures.ts'
import type { Account } from './sandbox.ts'
import { withoutSegment } from './shop-page.ts'

declare global {
  interface Window {
    /** Goes to a route of the app, as a framework's router does. */
    go(route: string, how?: 'push' | 'replace'): void
  }
}

/** The router of this app changes the URL first, and the title 50 ms later, when the view is there. */
const appPage = (settings: object): string => `
  <script type="module">
    import '/app/main.js'
    const base = location.pathname
    const show = () => {
      setTimeout(() => { document.title = 'View ' + location.href.slice(location.origin.length + base.length) }, 50)
    }
    window.go = (route, how = 'push') => { history[how + 'State']({}, '', base + route); show() }
    addEventListener('popstate', show)
    window.analytics = AnalyticsBrowser.load(${withoutSegment})
    const plugin = userEngage(${JSON.stringify(settings)})
    await analytics.register(plugin)
    window.plugin = plugin
    analytics.page()
  </script>`

interface PageView {
  path: string
  title: unknown
  referrer: string
}

/** The page calls of an app after its first, with URLs as they continue its own address. */
export async function pageViewsBelow(address: string, account: Account): Promise<PageView[]> {
  const below = (url: unknown): string => String(url).replace(address, '')
  const calls = (await account.messages()).filter(({ body }) => body.type === 'page').slice(1)
  return calls.map(({ body }) => {
    const { url, title, referrer } = body.context.page ?? {}
    const properties = body.properties as Record<string, unknown>
    expect(properties).toMatchObject({ url, title, referrer })
    expect(new URL(String(url))).toMatchObject({ pathname: properties.path, search: properties.search })
    return { path: below(url), title, referrer: below(referrer) }
  })
}

interface App {
  url: string
  open(): Promise<void>
  go(route: string, how?: 'push' | 'replace'): Promise<void>
  /** Lets more time pass than a route waits for its title, and lets the calls that follow be delivered. */
  settle(): Promise<void>
  pageViews(): Promise<PageView[]>
}

interface Options {
  /** Whether the browser has the Navigation API. Without it, the plugin patches `history`. */
  hasNavigation: boolean
  autoPage: boolean
}

/** Tests of a single-page app on a stopped clock. */
export const test = base.extend<Options & { app: App }>({
  hasNavigation: [true, { option: true }],
  autoPage: [true, { option: true }],
  app: async ({ page, site, account, hasNavigation, autoPage }, use) => {
    await stopClock(page)
    if (!hasNavigation) await page.addInitScript(() => Reflect.deleteProperty(window, 'navigation'))
    const { apiKey, endpoint } = account
    const url = site.put(appPage({ apiKey, endpoint, autoPage }))
    await use({
      url,
      async open() {
        await enter(page, url)
        if (autoPage && !hasNavigation) await page.waitForFunction(isHistoryPatched)
        await passTimeUntil(page, account.events, ['page'])
        await passTimeUntil(page, () => unsettled(page), 0)
      },
      go: (route, how) => page.evaluate(([to, as]) => window.go(to, as), [route, how] as const),
      async settle() {
        await page.clock.runFor(900)
        await passTimeUntil(page, () => unsettled(page), 0)
      },
      pageViews: () => pageViewsBelow(url, account),
    })
  },
})

export const isHistoryPatched = (): boolean => Object.hasOwn(history, 'pushState')
