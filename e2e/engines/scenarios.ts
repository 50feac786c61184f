import assert from 'node:assert/strict'
import type { Account } from '../support/sandbox.ts'
import { shopPage } from '../support/shop-page.ts'
import type { Site } from '../support/site.ts'
import { readStoredKeys } from '../support/stored.ts'
import type { Tab, Visitor } from './engine.ts'
import { eventually } from './eventually.ts'

/** Each scenario has a visitor, a site and an account at the real sandbox of its own. */
export interface Stage {
  visitor: Visitor
  site: Site
  account: Account
}

async function openShop({ visitor, site, account }: Stage, before = '', settings = {}): Promise<Tab> {
  const tab = await visitor.tab()
  const { apiKey, endpoint } = account
  await enter(tab, site.put(before + shopPage({ apiKey, endpoint, ...settings })))
  return tab
}

async function enter(tab: Tab, url: string): Promise<void> {
  await tab.goto(url)
  await eventually(() => tab.run(() => window.plugin !== undefined, null), true)
}

const trackAll = (tab: Tab, names: string[]): Promise<void> =>
  tab.run((events) => {
    for (const event of events) void window.analytics.track(event)
  }, names)

/** Waits until the database has so many messages. */
const isStored = (tab: Tab, count: number): Promise<void> =>
  eventually(async () => (await tab.run(readStoredKeys, null)).database.length, count)

/** The behaviour that every engine must have. */
export const scenarios: Record<string, (stage: Stage) => Promise<void>> = {
  async 'the four calls arrive, and the profile has the fields of the browser'(stage) {
    const { account } = stage
    const tab = await openShop(stage)
    const browser = await tab.run(async () => {
      const { identify, page, track, group } = window.analytics
      await identify.call(window.analytics, 'ada', { firstName: 'Ada', plan: 'pro' })
      await page.call(window.analytics, 'Home')
      await track.call(window.analytics, 'Order Completed', { total: 12 })
      await group.call(window.analytics, 'acme', { name: 'Acme' })
      return {
        user_agent: navigator.userAgent,
        language: navigator.language,
        timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        resolution: `${screen.width}x${screen.height}`,
        current_url: location.href,
      }
    }, null)
    await eventually(account.events, ['identify', 'page', 'Order Completed', 'group'])
    const profile = await account.profile('ada')
    for (const [name, value] of Object.entries(browser)) assert.equal(profile[name], value, name)
    const { first_name, plan, page_views, os, device_type, browser_family, browser_version } = profile
    assert.deepEqual([first_name, plan, page_views, device_type], ['Ada', 'pro', 1, 'desktop'])
    assert.match(String(os), /^(Linux|macOS|Windows|Ubuntu|Debian)$/)
    const named = /Firefox/.test(browser.user_agent)
      ? /^Firefox$/
      : /Chrom/.test(browser.user_agent)
        ? /Chrom/
        : /Safari/
    assert.match(String(browser_family), named)
    assert.match(String(browser_version), /^\d+(\.\d+)*$/)
    assert.equal((profile.companies as object[]).length, 1)
    assert.equal((await account.eventsOf('ada')).length, 1)
  },

  async 'a route change of a single-page app is a page call with title and referrer'(stage) {
    const { account } = stage
    const tab = await openShop(stage, '', { autoPage: true })
    // Without the Navigation API, `history` is patched when the code for that has loaded.
    const listens = (): boolean => 'navigation' in window || Object.hasOwn(history, 'pushState')
    await eventually(() => tab.run(listens, null), true)
    const start = await tab.run(() => {
      const { href } = location
      history.pushState({}, '', `${location.pathname}/bags`)
      setTimeout(() => {
        document.title = 'Bags'
      }, 50)
      return href
    }, null)
    await eventually(account.events, ['page'])
    const [message] = await account.messages()
    const { url, title, referrer } = message?.body.context.page ?? {}
    assert.deepEqual([url, title, referrer], [`${start}/bags`, 'Bags', start])
  },

  async 'calls wait while the line is cut, and then arrive once and in order'(stage) {
    const { account } = stage
    const tab = await openShop(stage)
    await trackAll(tab, ['online'])
    await eventually(account.events, ['online'])
    account.line.cut()
    await trackAll(tab, ['a', 'b', 'c'])
    await eventually(async () => account.line.lost.length > 0, true)
    assert.deepEqual(await account.events(), ['online'])
    account.line.mend()
    await eventually(account.events, ['online', 'a', 'b', 'c'])
    const ids = (await account.messages()).map(({ body }) => body.messageId)
    assert.equal(new Set(ids).size, ids.length)
  },

  async 'calls made as the page is left for another site arrive without a next page'(stage) {
    const { account, site } = stage
    const tab = await openShop(stage)
    const elsewhere = `${site.cdn}/dist/integrity.json`
    await tab.run((url) => {
      addEventListener('pagehide', () => void window.analytics.track('pagehide'))
      void window.analytics.track('click')
      // In a task of its own: otherwise some drivers wait for the answer of a page that is gone.
      setTimeout(() => {
        void window.analytics.track('leaving')
        location.href = url
      }, 0)
    }, elsewhere)
    await eventually(async () => (await account.events()).sort(), ['click', 'leaving', 'pagehide'])
  },

  async 'calls made on the way from page to page of the site arrive once'(stage) {
    const { account, site, visitor } = stage
    const { apiKey, endpoint } = account
    // An answer takes so long that it would come after the end of the page.
    await account.answersWith({ delayMs: 200, times: 20 })
    const url = site.put(shopPage({ apiKey, endpoint }))
    const tab = await visitor.tab()
    await enter(tab, `${url}?1`)
    // Without the Navigation API nobody can tell in a click where it leads: that request is in flight as the page ends.
    const moments = (await tab.run(() => 'navigation' in window, null)) ? ['click', 'pagehide'] : ['pagehide']
    const sent: string[] = []
    for (let number = 1; number <= 4; number++) {
      await tab.run(
        ([page, when]) => {
          if (when.includes('click')) {
            addEventListener('click', () => void window.analytics.track(`click ${page}`))
          }
          addEventListener('pagehide', () => void window.analytics.track(`pagehide ${page}`))
          const link = document.body.appendChild(document.createElement('a'))
          link.href = `?${page + 1}`
          setTimeout(() => link.click())
        },
        [number, moments] as const,
      )
      const isNext = (page: number): boolean =>
        location.search === `?${page + 1}` && window.plugin !== undefined
      await eventually(() => tab.run(isNext, number).catch(() => false), true)
      sent.push(...moments.map((moment) => `${moment} ${number}`))
      await eventually(account.events, sent)
      await eventually(() => tab.run(() => window.plugin.stats().inFlight, null), 0)
    }
    assert.deepEqual(await account.events(), sent)
  },

  async 'the next page sends the messages of a closed tab'(stage) {
    const { account, visitor } = stage
    const kept = await visitor.tab()
    const tab = await openShop(stage)
    account.line.cut()
    await trackAll(tab, ['a', 'b'])
    await eventually(async () => account.line.lost.length > 0, true)
    await isStored(tab, 2)
    await tab.close()
    account.line.mend()
    assert.deepEqual(await account.events(), [])
    await enter(kept, stage.site.put(shopPage({ apiKey: account.apiKey, endpoint: account.endpoint })))
    await eventually(account.events, ['a', 'b'])
  },

  async 'each of two tabs delivers its own messages, and one those of the other when it is closed'(stage) {
    const { account } = stage
    const first = await openShop(stage)
    const second = await openShop(stage)
    const sent = (name: string): string[] => Array.from({ length: 10 }, (_, index) => `${name}${index}`)
    await trackAll(first, sent('a'))
    await trackAll(second, sent('b'))
    await eventually(async () => (await account.events()).sort(), [...sent('a'), ...sent('b')])

    account.line.cut()
    await trackAll(second, ['left behind'])
    await eventually(async () => account.line.lost.includes('left behind'), true)
    await isStored(second, 1)
    await second.close()
    account.line.mend()
    await eventually(async () => (await account.events()).slice(20), ['left behind'])
    await trackAll(first, ['after'])
    await eventually(async () => (await account.events()).slice(20), ['left behind', 'after'])
  },

  async 'calls arrive although all storage is forbidden'(stage) {
    const { account } = stage
    // No driver can forbid storage in all engines, so a script makes each access throw, as browsers do.
    const forbidding = `<script>
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, { get() { throw new DOMException('forbidden', 'SecurityError') } })
    </script>`
    const tab = await openShop(stage, forbidding)
    account.line.cut()
    await trackAll(tab, ['a', 'b'])
    await eventually(async () => account.line.lost.length > 0, true)
    account.line.mend()
    await eventually(account.events, ['a', 'b'])
  },
}
