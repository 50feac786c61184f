import { track, trackAll } from '../calls.ts'
import { passTimeUntil, stopClock } from '../clock.ts'
import { enter, expect } from '../fixtures.ts'
import { withoutSegment } from '../shop-page.ts'
import { hears, type Scenario } from './trouble.ts'

/** Messages that are dropped, by reason. */
export const droppedTroubles: Record<string, Scenario> = {
  async 'dropped: `refused`'(trouble) {
    const page = await trouble.openShop()
    await trouble.account.answersWith({ status: 400 })
    await track(page, 'A')
    await hears(
      trouble,
      'dropped (refused): refused by the endpoint with 400, "A fault of the sandbox: 400."',
    )
    return ['refused']
  },

  async 'dropped: `consent`'(trouble) {
    const page = await trouble.openShop({ consent: ['C0002'] })
    await track(page, 'Without a stamp')
    await hears(trouble, 'dropped (consent): the event has no consent stamp')
    const context = { consent: { categoryPreferences: { C0002: false } } }
    await page.evaluate(
      (given) => window.analytics.track('Declined', {}, { context: given }).then(() => true),
      context,
    )
    await hears(trouble, 'dropped (consent): the visitor has not agreed to C0002')
    return ['no consent stamp']
  },

  async 'dropped: `gpc`, `beforeSend`, `middleware`'(trouble) {
    const { page, site, account } = trouble
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })
    })
    const url = (settings: string, more = ''): string =>
      site.put(`<script type="module">
        import '/app/main.js'
        window.analytics = AnalyticsBrowser.load(${withoutSegment})
        const plugin = userEngage({ ...${JSON.stringify({ apiKey: account.apiKey, endpoint: account.endpoint })}, debug: true, ${settings} })
        await analytics.register(plugin)
        ${more}
        window.plugin = plugin
      </script>`)
    const visit = async (address: string, words: string): Promise<void> => {
      await enter(page, address)
      await track(page, 'A')
      await hears(trouble, words)
    }
    await visit(url('respectGpc: true'), 'dropped (gpc): ')
    for (const beforeSend of ['() => null', '() => { throw new Error("oops") }']) {
      await visit(url(`beforeSend: ${beforeSend}`), 'dropped (beforeSend): ')
    }
    for (const middleware of [
      '() => {}',
      '({ payload, next }) => { next(payload); next(payload) }',
      '() => { throw new Error("oops") }',
    ]) {
      await visit(url('', `plugin.addMiddleware(${middleware})`), 'dropped (middleware): ')
    }
    const ofReason = (reason: string): number =>
      trouble.said.filter((line) => line.includes(`dropped (${reason}): `)).length
    expect(['gpc', 'beforeSend', 'middleware'].map(ofReason)).toEqual([1, 2, 3])
    return [
      'respectGpc is set',
      'beforeSend returned null or failed',
      'a destination middleware did not call next, called it twice, or threw',
    ]
  },

  async 'dropped: `cleared`'(trouble) {
    const { account, context } = trouble
    const url = trouble.shop()
    const page = trouble.page
    await enter(page, url)
    account.line.cut()
    await track(page, 'A')
    const other = await context.newPage()
    await enter(other, url)
    await other.evaluate(() => window.plugin.clear())
    await expect.poll(() => page.evaluate(() => window.plugin.stats().dropped)).toEqual({ cleared: 1 })
    await hears(trouble, 'dropped (cleared): the site called clear()')
    return ['clear()']
  },

  async 'dropped: `expired`, `overflow`'(trouble) {
    const { page, account } = trouble
    await stopClock(page)
    await trouble.openShop({ queue: { maxMessages: 1, maxAgeHours: 1 } })
    account.line.cut()
    await trackAll(page, ['A', 'B'])
    const dropped = () => page.evaluate(() => window.plugin.stats().dropped)
    await passTimeUntil(page, dropped, { overflow: 1 }, 100)
    await page.clock.fastForward(2 * 3_600_000)
    await passTimeUntil(page, dropped, { overflow: 1, expired: 1 }, 100)
    return ['queue.maxAgeHours', 'queue.maxMessages']
  },
}
