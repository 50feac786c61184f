import { test as base, expect, type Page } from '@playwright/test'
import type { userEngage } from '../../lib/index.ts'
import { type Account, type Listening, openAccount, startSandbox } from './sandbox.ts'
import { shopPage } from './shop-page.ts'
import { type Site, startSite } from './site.ts'

type Plugin = ReturnType<typeof userEngage>
type Call = (...args: unknown[]) => Promise<{ event: Record<string, unknown> }>

declare global {
  interface Window {
    analytics: Record<'identify' | 'page' | 'track' | 'group' | 'alias' | 'screen', Call> &
      Record<string, (...args: unknown[]) => unknown>
    AnalyticsBrowser: { load(settings: object, options?: object): Window['analytics'] }
    userEngage: typeof userEngage
    UserEngageDestination?: typeof userEngage & { instance?: Plugin }
    plugin: Plugin
  }
}

interface Fixtures {
  account: Account
  /** The errors that the page logged or threw. A test that leaves any of them here fails. */
  errors: string[]
  /** Puts a page on the site that has analytics from npm, with the plugin registered, and gives its address. */
  shop(settings?: object): string
  /** Opens such a page. */
  openShop(settings?: object): Promise<Page>
}

export const test = base.extend<Fixtures, { sandbox: Listening; site: Site }>({
  sandbox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const sandbox = await startSandbox()
      await use(sandbox)
      sandbox.close()
    },
    { scope: 'worker' },
  ],
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const site = await startSite()
      await use(site)
      site.close()
    },
    { scope: 'worker' },
  ],
  account: async ({ sandbox }, use) => use(await openAccount(sandbox.origin)),
  errors: [
    async ({ page }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (line) => {
        // The browser itself logs each failed request.
        const isNote = line.text().startsWith('Failed to load resource')
        if (line.type() === 'error' && !isNote) errors.push(line.text())
      })
      await use(errors)
      expect(errors).toEqual([])
    },
    { auto: true },
  ],
  shop: async ({ site, account }, use) =>
    use((settings = {}) =>
      site.put(shopPage({ apiKey: account.apiKey, endpoint: account.endpoint, ...settings })),
    ),
  openShop: async ({ page, shop }, use) =>
    use(async (settings) => {
      await enter(page, shop(settings))
      return page
    }),
})

/** Goes to a page of the shop, and waits until its plugin is there. */
export async function enter(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.waitForFunction(() => window.plugin !== undefined)
}

export { expect }
