import { stored, trackAll } from './support/calls.ts'
import { passTimeUntil, stopClock } from './support/clock.ts'
import { enter, expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'
import { shopPage, withoutSegment } from './support/shop-page.ts'
import { scriptTag } from './support/site.ts'

/** A page whose plugin has a `beforeSend`, given as source code. */
const withBeforeSend = ({ apiKey, endpoint }: Account, beforeSend: string, more = ''): string => `
  <script type="module">
    import '/app/main.js'
    window.asked = []
    window.reported = []
    const beforeSend = ${beforeSend}
    window.analytics = AnalyticsBrowser.load(${withoutSegment})
    const plugin = userEngage({
      apiKey: '${apiKey}',
      endpoint: '${endpoint}',
      beforeSend: (message) => { asked.push(structuredClone(message)); return beforeSend(message) },
      onDropped: (message, { reason }) => reported.push(message.event + ' ' + reason),
      ${more}
    })
    await analytics.register(plugin)
    window.plugin = plugin
  </script>`
declare global {
  interface Window {
    asked: { event?: string; messageId: string; context: Record<string, unknown> }[]
    reported: string[]
  }
}
const stats = () => window.plugin.stats()

test.describe('omit', () => {
  test('omitted fields are neither sent nor stored, and the profile has the others', async ({
    openShop,
    account,
  }) => {
    account.line.cut()
    const page = await openShop({ omit: ['resolution', 'user_agent', 'os', 'current_url', 'language'] })
    await page.evaluate(async () => {
      await window.analytics.identify('ada')
      await window.analytics.page()
      await window.plugin.flush()
    })
    const texts = await page.evaluate(async () => {
      const opening = indexedDB.open('userengage')
      await new Promise((resolve) => {
        opening.onsuccess = resolve
      })
      const reading = opening.result.transaction('messages').objectStore('messages').getAll()
      await new Promise((resolve) => {
        reading.onsuccess = resolve
      })
      opening.result.close()
      return [...reading.result, ...Object.entries(localStorage).flat()].join('\n')
    })
    expect(texts).toContain('"timezone"')
    for (const word of ['userAgent', 'Mozilla', '"screen"', '"locale"', '"url"', '"path"'])
      expect(texts.replaceAll(/ajs_.*/g, '')).not.toContain(word)
    account.line.mend()
    expect(await page.evaluate(() => window.plugin.flush())).toBe(true)
    const profile = await account.profile('ada')
    expect(profile).toMatchObject({ browser_family: expect.any(String), timezone: expect.any(String) })
    expect(profile.page_views).toBe(1)
    for (const field of ['resolution', 'user_agent', 'os', 'current_url', 'language'])
      expect(profile[field] ?? null, field).toBeNull()
  })

  test('fields that the browser reports after the call are omitted too', async ({ openShop, account }) => {
    const page = await openShop({ omit: ['browser_version', 'device_type'] })
    await page.evaluate(async () => {
      await window.analytics.track('A')
      await window.plugin.flush()
    })
    const [message] = await account.messages()
    const { browser, device, userAgentData } = { ...message?.body.context }
    expect(Object.keys(browser ?? {})).toEqual(['name'])
    expect(device ?? {}).not.toHaveProperty('type')
    for (const hint of ['brands', 'fullVersionList', 'mobile', 'formFactors'])
      expect(userAgentData).not.toHaveProperty(hint)
    expect(userAgentData).toHaveProperty('platform')
  })
})

test.describe('omit: current_url', () => {
  const pageCalls = async (account: Account) =>
    (await account.messages()).map(({ body }) => body).filter(({ type }) => type === 'page')

  test('no address of the site is told: not as URL, nor as referrer one page later, nor by the header', async ({
    page,
    site,
    account,
  }) => {
    const { apiKey, endpoint } = account
    const settings = { apiKey, endpoint, autoPage: true, omit: ['current_url'] }
    const address = `${site.put(shopPage(settings), { 'referrer-policy': 'unsafe-url' })}/secret?secret=0`
    await enter(page, address)
    await page.evaluate(() => void window.analytics.page())
    await expect.poll(async () => (await pageCalls(account)).length).toBe(1)
    for (const route of [1, 2]) {
      await page.evaluate((to) => history.pushState({}, '', `?secret=${to}`), route)
      await expect.poll(async () => (await pageCalls(account)).length).toBe(route + 1)
    }
    await page.evaluate(() => location.assign('?secret=3'))
    await page.waitForURL('**/*=3')
    await page.waitForFunction(() => window.plugin !== undefined)
    expect(await page.evaluate(() => document.referrer)).toContain('secret=2')
    await page.evaluate(() => {
      void window.analytics.page()
      void window.analytics.track('Last')
    })
    await expect.poll(account.events).toContain('Last')
    expect(await pageCalls(account)).toHaveLength(4)
    const leaking = (await account.messages()).filter((received) =>
      JSON.stringify(received).includes('secret'),
    )
    expect(leaking.map(({ body }) => body.type)).toEqual([])
  })

  test('the referrer stays where it is another site', async ({ page, shop, account }) => {
    const referer = 'https://search.example/'
    await page.goto(shop({ omit: ['current_url'] }), { referer })
    await page.waitForFunction(() => window.plugin !== undefined)
    await page.evaluate(() => void window.analytics.page())
    await expect.poll(account.events).toEqual(['page'])
    const [call] = await pageCalls(account)
    expect(call?.context.page).toEqual({ referrer: referer, title: 'A shop' })
    expect(call?.properties).toMatchObject({ referrer: referer })
  })
})

test.describe('beforeSend', () => {
  test('gets each complete message once, and its changes are sent', async ({ page, site, account }) => {
    const redact = `(message) => {
      delete message.properties.card
      delete message.context.device
      delete message.context.userAgentData
      message.context.page.url = message.context.page.url.replace(/\\?.*/, '')
      return message
    }`
    const url = `${site.put(withBeforeSend(account, redact))}?token=secret`
    await enter(page, url)
    await account.answersWith({ status: 503 })
    await page.evaluate(async () => {
      const calls = ['A', 'B', 'C'].map((event) => window.analytics.track(event, { card: '4111', total: 12 }))
      await Promise.all(calls)
      await window.plugin.flush()
      await window.plugin.flush()
    })
    await expect.poll(account.events).toEqual(['A', 'B', 'C'])
    const messages = (await account.messages()).map(({ body }) => body)
    for (const { properties, context } of messages) {
      expect(properties).toEqual({ total: 12 })
      expect(context).toMatchObject({ os: { name: 'Linux' }, page: { url: url.replace(/\?.*/, '') } })
      expect(context).not.toHaveProperty('device')
      expect(context).not.toHaveProperty('userAgentData')
    }
    // Both attempts of the message that was sent twice have one id.
    expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(3)
    const asked = await page.evaluate(() => window.asked)
    expect(asked.map(({ event }) => event)).toEqual(['A', 'B', 'C'])
    expect(asked.map(({ messageId }) => messageId)).toEqual(
      messages.slice(-3).map(({ messageId }) => messageId),
    )
    expect(asked[0]?.context).toMatchObject({
      os: { name: 'Linux' },
      browser: { version: expect.stringMatching(/\d+\.\d+\.\d+/) },
    })
  })

  test('properties that it deletes are never stored on the device', async ({ page, site, account }) => {
    account.line.cut()
    const redact = '(message) => { delete message.properties.card; return message }'
    await enter(page, site.put(withBeforeSend(account, redact)))
    const written = await page.evaluate(async () => {
      const texts: string[] = []
      const { setItem } = Storage.prototype
      Storage.prototype.setItem = function (key, text) {
        texts.push(text)
        setItem.call(this, key, text)
      }
      const { put } = IDBObjectStore.prototype
      IDBObjectStore.prototype.put = function (text, key) {
        texts.push(text)
        return put.call(this, text, key)
      }
      void window.analytics.track('A', { card: '4111' })
      await window.analytics.track('B', { card: '4111' })
      await window.plugin.flush()
      dispatchEvent(new Event('pagehide'))
      return texts
    })
    await expect.poll(async () => (await stored(page)).database.length).toBe(2)
    expect(written.join()).toMatch(/"B"/)
    expect(written.join()).not.toMatch(/4111/)
  })

  test('is called once for each message that is sent as the page ends', async ({ page, site, account }) => {
    const redact = `(message) => {
      delete message.properties.card
      return message.event === 'Unwanted' ? null : message
    }`
    const url = site.put(withBeforeSend(account, redact))
    await enter(page, url)
    await page.evaluate(() => {
      addEventListener('pagehide', () => {
        for (const event of ['A', 'Unwanted', 'B']) void window.analytics.track(event, { card: '4111' })
      })
    })
    await page.goto('about:blank')
    await expect.poll(async () => (await account.events()).sort()).toEqual(['A', 'B'])
    for (const { body } of await account.messages()) expect(body.properties).toEqual({})
  })

  test('drops a message by returning null: with a reason, and without an error', async ({
    page,
    site,
    account,
  }) => {
    const drop = `(message) => (message.event === 'Unwanted' ? null : message)`
    await enter(page, site.put(withBeforeSend(account, drop)))
    await page.evaluate(async () => {
      for (const event of ['A', 'Unwanted', 'B']) await window.analytics.track(event)
      await window.plugin.flush()
    })
    expect(await account.events()).toEqual(['A', 'B'])
    expect(await page.evaluate(() => window.reported)).toEqual(['Unwanted beforeSend'])
    expect(await page.evaluate(stats)).toMatchObject({ delivered: 2, dropped: { beforeSend: 1 } })
  })

  for (const [what, broken, said] of [
    ['throws', `() => { throw new Error('oops') }`, /beforeSend threw, so the message is dropped: .*oops/],
    ['returns nothing', '() => {}', /beforeSend must return the message, or null/],
    ['returns a promise', 'async (message) => message', /beforeSend must return the message, or null/],
  ] as const) {
    test(`drops the message if it ${what}, and logs one error`, async ({ page, site, account, errors }) => {
      await enter(page, site.put(withBeforeSend(account, broken)))
      const other = await page.evaluate(async () => {
        for (const event of ['A', 'B']) await window.analytics.track(event)
        return window.plugin.flush()
      })
      expect(other).toBe(true)
      expect(errors.splice(0)).toEqual([expect.stringMatching(said)])
      expect(await page.evaluate(() => window.reported)).toEqual(['A beforeSend', 'B beforeSend'])
      expect(await account.messages()).toEqual([])
    })
  }
})

test.describe('beforeSend in a browser without Client Hints', () => {
  test.use({ userAgent: 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' })

  test('the first message waits for the parser, is complete, and lacks the deleted fields', async ({
    page,
    site,
    account,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'userAgentData', { get: () => undefined })
    })
    const redact =
      '(message) => { delete message.context.os; delete message.context.browser.version; return message }'
    await stopClock(page)
    let letParserLoad = (): void => {}
    const mayLoad = new Promise<void>((resolve) => {
      letParserLoad = resolve
    })
    await page.route('**/user-agent-parser*', async (route) => {
      await mayLoad
      await route.continue()
    })
    await enter(page, site.put(withBeforeSend(account, redact)))
    await trackAll(page, ['A'])
    await page.clock.runFor(1000)
    expect(await account.messages()).toEqual([])
    letParserLoad()
    await passTimeUntil(page, account.events, ['A'])
    expect(await page.evaluate(() => window.asked.map(({ context }) => context.browser))).toEqual([
      { name: 'Firefox', version: '140.0' },
    ])
    const [message] = await account.messages()
    expect(message?.body.context).toMatchObject({ browser: { name: 'Firefox' }, device: { type: 'desktop' } })
    expect(message?.body.context.browser).not.toHaveProperty('version')
    expect(message?.body.context).not.toHaveProperty('os')
  })
})

test.describe('respectGpc', () => {
  const ask = (isAsked: boolean): void => {
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {
      configurable: true,
      get: () => isAsked,
    })
  }

  test('nothing is sent or stored while the browser sends the Global Privacy Control signal', async ({
    page,
    shop,
    account,
  }) => {
    await page.addInitScript(ask, true)
    await enter(page, shop({ respectGpc: true }))
    await page.evaluate(async () => {
      for (const event of ['A', 'B']) await window.analytics.track(event)
      await window.plugin.flush()
      addEventListener('pagehide', () => void window.analytics.track('At pagehide'))
    })
    expect(await page.evaluate(stats)).toMatchObject({ queued: 0, delivered: 0, dropped: { gpc: 2 } })
    expect(await stored(page)).toEqual({ journal: [], database: [] })
    await page.goto('about:blank')
    await page.addInitScript(ask, false)
    await enter(page, shop({ respectGpc: true }))
    await page.evaluate(async () => {
      await window.analytics.track('C')
      await window.plugin.flush()
    })
    expect(await account.events()).toEqual(['C'])
  })

  test('waiting messages are dropped when the signal appears', async ({ page, shop, account }) => {
    account.line.cut()
    await enter(page, shop({ respectGpc: true }))
    await page.evaluate(async () => {
      await window.analytics.track('A')
      await window.plugin.flush()
    })
    await page.evaluate(ask, true)
    account.line.mend()
    expect(await page.evaluate(() => window.plugin.flush())).toBe(true)
    expect(await page.evaluate(stats)).toMatchObject({ delivered: 0, dropped: { gpc: 1 } })
    expect(await account.messages()).toEqual([])
  })

  test('the signal changes nothing without the setting', async ({ page, shop, account }) => {
    await page.addInitScript(ask, true)
    await enter(page, shop())
    await page.evaluate(async () => {
      await window.analytics.track('A')
      await window.plugin.flush()
    })
    expect(await account.events()).toEqual(['A'])
  })
})

test('a script tag takes omit and respectGpc from data-settings', async ({ page, site, account }) => {
  const settings = JSON.stringify({ omit: ['language'], respectGpc: true })
  await page.goto(site.put(scriptTag('userengage-analytics.min.js', account, `data-settings='${settings}'`)))
  await page.evaluate(() => void window.analytics.track('A'))
  await expect.poll(account.events).toEqual(['A'])
  expect((await account.messages())[0]?.body.context).not.toHaveProperty('locale')
})
