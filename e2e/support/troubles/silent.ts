import { track, trackAll } from '../calls.ts'
import { passTimeUntil, stopClock } from '../clock.ts'
import { enter, expect } from '../fixtures.ts'
import { withoutSegment } from '../shop-page.ts'
import { arrived, hears, type Scenario, type Trouble } from './trouble.ts'

/** A page with an Analytics.js of its own making as `analytics`, the settings at hand, and `code`. */
function pageWith({ site, account: { apiKey, endpoint } }: Trouble, code: string): string {
  const settings = JSON.stringify({ apiKey, endpoint, debug: true })
  return site.put(
    `<script type="module">import '/app/main.js'; const settings = ${settings}; ${code}; window.done = true</script>`,
  )
}

async function run(trouble: Trouble, code: string): Promise<void> {
  await trouble.page.goto(pageWith(trouble, code))
  await trouble.page.waitForFunction(() => 'done' in window)
}

/** Messages that do not go, or not yet. */
export const silentTroubles: Record<string, Scenario> = {
  async 'nothing is sent, no error'(trouble) {
    const { page, account } = trouble
    const analytics = `window.analytics = new Analytics({ writeKey: 'unused' })`
    await run(trouble, `${analytics}; await analytics.register(userEngage({ ...settings, enabled: false }))`)
    await hears(trouble, 'does nothing, because `enabled` is false')
    await run(trouble, `${analytics}; userEngage(settings); await analytics.track('Not registered')`)
    await track(await trouble.openShop({ consent: ['C0002'] }), 'Without consent')
    await hears(trouble, 'dropped (consent)')
    const excluded = { integrations: { UserEngage: false } }
    await page.evaluate(
      (options) => window.analytics.track('Excluded', {}, options).then(() => true),
      excluded,
    )
    await hears(trouble, 'not for this destination, by `integrations`')
    expect(await page.evaluate(() => window.plugin.stats().dropped)).toEqual({ consent: 1 })
    await stopClock(page)
    await page.goto(
      pageWith(trouble, `AnalyticsBrowser.load(${withoutSegment.replace('{', '{ plugins: [userEngage],')})`),
    )
    await passTimeUntil(
      page,
      () => trouble.said.some((line) => line.includes('does nothing; write')),
      true,
      500,
    )
    expect(await account.messages()).toEqual([])
    return ['enabled', 'integrations', 'consent', 'userEngage({']
  },

  async '`Nothing answers at …`'(trouble) {
    trouble.account.line.cut()
    await track(await trouble.openShop(), 'A')
    await hears(trouble, `Nothing answers at ${trouble.account.endpoint}`)
    return ['Nothing answers at']
  },

  async '`… is registered a second time`'(trouble) {
    const { account } = trouble
    await run(
      trouble,
      `window.analytics = new Analytics({ writeKey: 'unused' })
      for (const _ of [1, 2]) await analytics.register(userEngage(settings))
      await analytics.track('A')`,
    )
    await arrived(trouble, 'A')
    expect(await account.messages()).toHaveLength(1)
    return ['is registered a second time']
  },

  async 'nothing is sent, and `debug` prints nothing'(trouble) {
    const { page, account, said } = trouble
    await page.route('https://cdn.segment.com/**', (route) => route.fulfill({ status: 404, body: '{}' }))
    await run(
      trouble,
      `window.analytics = AnalyticsBrowser.load({ writeKey: 'no such key' })
      void analytics.register(userEngage(settings)).catch(() => {})
      void analytics.track('A').catch(() => {})
      await new Promise((resolve) => analytics.catch(resolve))`,
    )
    expect(said.filter((line) => line.includes('[UserEngage]'))).toEqual([])
    expect(await account.messages()).toEqual([])
    return ['404']
  },

  async 'a line says `set aside`'(trouble) {
    const { page, account, said } = trouble
    await stopClock(page)
    await trouble.openShop()
    account.line.block('Poison', 500)
    await trackAll(page, ['Poison', 'A'])
    await passTimeUntil(page, () => said.some((line) => line.includes('set aside')), true, 100)
    await passTimeUntil(page, account.events, ['A'], 100)
    account.line.block()
    await passTimeUntil(page, account.events, ['A', 'Poison'], 10_000)
    return ['the endpoint takes other messages']
  },

  async 'nothing is sent when a link leads to a page of the site'(trouble) {
    const { page, account } = trouble
    await trouble.openShop({ workerUrl: false })
    const next = trouble.shop()
    let sentBefore: number | undefined
    await page.route(next, async (route) => {
      await hears(trouble, 'All messages stay queued: the page is being left')
      sentBefore = (await account.messages()).length
      await route.continue()
    })
    await page.evaluate((href) => {
      document.body.innerHTML = `<a href="${href}" onclick="analytics.track('At click')">Next</a>`
    }, next)
    await page.click('a')
    await arrived(trouble, 'At click')
    expect(sentBefore).toBe(0)
    expect(await account.messages()).toHaveLength(1)
    return ['The next page of the site']
  },

  async 'early calls are missing'(trouble) {
    await run(
      trouble,
      `const analytics = new Analytics({ writeKey: 'unused' })
       await analytics.track('Early')
       const plugin = userEngage(settings)
       await analytics.register(plugin)
       await analytics.track('Late')
       await plugin.flush()`,
    )
    await arrived(trouble, 'Late')
    await run(
      trouble,
      `const analytics = AnalyticsBrowser.load(${withoutSegment})
       const plugin = userEngage(settings)
       analytics.register(plugin)
       await analytics.track('Soon')
       await plugin.flush()`,
    )
    await arrived(trouble, 'Late', 'Soon')
    return []
  },

  async 'calls made offline are missing'(trouble) {
    const { page, context } = trouble
    const url = (name: string, options: string): string =>
      pageWith(
        trouble,
        `const analytics = new Analytics({ writeKey: 'unused' }, ${options})
         const plugin = userEngage(settings)
         await analytics.register(plugin)
         Object.assign(window, { plugin, analytics })
         window.call = () => void analytics.track('${name}')`,
      )
    const callOffline = async (): Promise<void> => {
      await context.setOffline(true)
      await page.evaluate('call()')
      await context.setOffline(false)
    }
    await enter(page, url('Without', '{}'))
    await track(page, 'Online')
    await arrived(trouble, 'Online')
    await callOffline()
    await track(page, 'Online again')
    await arrived(trouble, 'Online', 'Online again')
    await enter(page, url('With', '{ retryQueue: true }'))
    await callOffline()
    await arrived(trouble, 'Online', 'Online again', 'With')
    return []
  },

  async '`window.UserEngageDestination` is defined, nothing is sent'(trouble) {
    const { page, site, account } = trouble
    const tag = '<script src="/dist/userengage.min.js"></script>'
    await page.goto(site.put(`<script>window.analytics = [['track', 'A']]</script>${tag}`))
    expect(await page.evaluate(() => window.UserEngageDestination?.pluginName)).toBe('UserEngage')
    expect(await page.evaluate(() => window.analytics.length)).toBe(1)
    expect(await account.messages()).toEqual([])
    return []
  },
}
