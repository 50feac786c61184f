import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { test as base } from './support/back-forward-cache.ts'
import { expect } from './support/fixtures.ts'
import { oneTrust } from './support/one-trust.ts'
import { bundlePrinted, printedModules } from './support/printed-code.ts'
import type { Account } from './support/sandbox.ts'
import { snippets } from './support/snippet.ts'
import { workerUrl } from './support/worker.ts'

const printed = 'docs/consent.md'
const modules = printedModules(printed)

declare global {
  interface Window {
    /** What the printed `analytics.js` exports. */
    consent: { analytics: Window['analytics']; plugin: Window['plugin']; answer(isYes: boolean): void }
    dataLayer: unknown[]
    gtag(...command: unknown[]): void
    OneTrust: Record<'AllowAll' | 'RejectAll', () => void>
    agree(): void
    decline(): Promise<void>
  }
}

interface Shown {
  /** Printed modules to run beside `analytics.js` and `app.js`. */
  with?: string[]
  /** What the page has before and after the modules. */
  before?: string
  after?: string
  settings?: object
}

const test = base.extend<{ put(shown?: Shown): Promise<string> }>({
  /** Puts a page on the site that runs the printed modules, and gives its address. */
  put: async ({ site, account }, use) =>
    use(async ({ with: more = [], before = '', after = '', settings = {} } = {}) => {
      const entry = `import * as consent from './analytics.js'
        window.consent = consent
        ${['app.js', ...more].map((name) => `import './${name}'`).join('\n')}`
      const script = site.putScript(await bundlePrinted(modules, entry, account, settings))
      return site.put(`${before}<script type="module" src="${script}"></script>${after}`)
    }),
})

async function open(page: Page, url: string, referer?: string): Promise<void> {
  await page.goto(url, referer ? { referer } : {})
  await page.waitForFunction(() => window.consent !== undefined)
}
const answer = (page: Page, isYes: boolean): Promise<void> =>
  page.evaluate((yes) => window.consent.answer(yes), isYes)
const track = (page: Page, event: string): Promise<void> =>
  page.evaluate((name) => void window.consent.analytics.track(name, {}, { timestamp: new Date() }), event)
const isSettled = (page: Page): Promise<boolean> => page.evaluate(() => window.consent.plugin.flush())

/** All that a page has left on the device, but for a consent tool's own cookie. */
const onDevice = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const cookies = document.cookie.split('; ').filter((cookie) => cookie && !cookie.startsWith('Optanon'))
    const databases = (await indexedDB.databases()).map(({ name }) => String(name))
    return [...cookies, ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...databases]
  })

/** The messages that wait in the database, of which the test knows that it exists. */
const inDatabase = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('userengage')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('messages').objectStore('messages').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )

/** A page that has agreed, with a message that waits for its endpoint. */
async function openWaiting(page: Page, url: string, account: Account): Promise<void> {
  await open(page, url)
  await answer(page, true)
  await expect.poll(account.events).toContain('page')
  account.line.cut()
  await track(page, 'Waits')
  await expect.poll(() => account.line.lost).toContain('Waits')
  await expect.poll(() => inDatabase(page)).toBe(1)
}

/** Expects that nothing but these events arrives, now that the endpoint answers again. */
async function expectOnly(account: Account, page: Page, events: string[]): Promise<void> {
  account.line.mend()
  // What waited would come first.
  await answer(page, true)
  await track(page, 'Afterwards')
  await expect.poll(account.events).toContain('Afterwards')
  expect(await account.events()).toEqual([...events, 'Afterwards'])
}

test('before a yes nothing is stored or sent; then the landing arrives as it was, once', async ({
  page,
  put,
  account,
}) => {
  const url = await put()
  const before = Date.now()
  await open(page, `${url}?utm_source=news&utm_campaign=spring`, 'https://search.example/')
  const landed = Date.now()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  // The visitor reads on, on another route.
  await page.evaluate(() => {
    history.pushState(null, '', '/pages/elsewhere')
    document.title = 'Elsewhere'
    void window.consent.analytics.identify('ada', { plan: 'pro' })
  })
  await track(page, 'Read')
  await page.waitForTimeout(1000)
  expect([await onDevice(page), requests]).toEqual([[], []])
  const agreed = Date.now()
  await answer(page, true)
  await answer(page, true)
  await expect.poll(account.events).toEqual(['page', 'identify', 'Read'])
  const [landing, identify, read] = (await account.messages()).map(({ body }) => body)
  const seen = { url: `${url}?utm_source=news&utm_campaign=spring`, referrer: 'https://search.example/' }
  expect(landing?.context).toMatchObject({
    page: { ...seen, title: 'A shop' },
    campaign: { source: 'news', name: 'spring' },
  })
  expect(landing?.properties).toMatchObject(seen)
  expect(Date.parse(landing?.timestamp ?? '')).toBeGreaterThanOrEqual(before)
  expect(Date.parse(landing?.timestamp ?? '')).toBeLessThanOrEqual(landed)
  expect(read).toMatchObject({ userId: 'ada', context: { page: { title: 'Elsewhere' } } })
  // Without `timestamp`, as the page says.
  expect(Date.parse(identify?.timestamp ?? '')).toBeGreaterThanOrEqual(agreed)
  // No later page sends any of it again.
  await open(page, url)
  await answer(page, true)
  await expect.poll(account.events).toEqual(['page', 'identify', 'Read', 'page'])
  expect((await account.messages()).some(({ repeated }) => repeated)).toBe(false)
})

test('calls that waited are made method by method', async ({ page, put, account }) => {
  await open(page, await put())
  await track(page, 'Read')
  await page.evaluate(() => void window.consent.analytics.page())
  await answer(page, true)
  await expect.poll(account.events).toEqual(['page', 'page', 'Read'])
})

test('a yes on the second page: its referrer is the landing page, whose own calls are lost', async ({
  page,
  put,
  account,
}) => {
  const second = await put()
  const landing = `${await put({ after: `<a href="${second}">On</a>` })}?utm_source=news`
  await open(page, landing, 'https://search.example/')
  await page.getByRole('link', { name: 'On' }).click()
  await page.waitForURL(second)
  await page.waitForFunction(() => window.consent !== undefined)
  expect(await onDevice(page)).toEqual([])
  await answer(page, true)
  await expect.poll(account.events).toEqual(['page'])
  expect(await isSettled(page)).toBe(true)
  const [message] = await account.messages()
  expect(message?.body.context.page).toMatchObject({ url: second, referrer: landing })
  expect(message?.body.context.campaign).toBeUndefined()
})

test('a no drops what waits, on the device too, and later calls go nowhere', async ({
  page,
  put,
  account,
}) => {
  await openWaiting(page, await put(), account)
  await answer(page, false)
  await expect.poll(() => inDatabase(page)).toBe(0)
  await track(page, 'After the no')
  await page.waitForTimeout(500)
  await expect.poll(() => onDevice(page)).toEqual(['userengage'])
  await expectOnly(account, page, ['page'])
})

test('a no in the moment after a yes stops what is on its way', async ({ page, put, account }) => {
  await open(page, await put())
  await page.evaluate(async () => {
    window.consent.answer(true)
    await Promise.resolve()
    window.consent.answer(false)
  })
  await page.waitForTimeout(1000)
  expect((await onDevice(page)).filter((name) => name !== 'userengage')).toEqual([])
  expect(await account.events()).toEqual([])
  await expectOnly(account, page, [])
})

test('an answer in one tab is an answer in all: a yes sends what the landing page held, a no stops it', async ({
  page,
  put,
  account,
  context,
}) => {
  const url = await put()
  await open(page, `${url}?landing`)
  const other = await context.newPage()
  await open(other, `${url}?second`)
  await answer(other, true)
  const pages = async () =>
    (await account.messages()).map(({ body }) => new URL(String(body.context.page?.url)).search).sort()
  await expect.poll(pages).toEqual(['?landing', '?second'])
  account.line.cut()
  await track(page, 'Waits')
  await expect.poll(() => inDatabase(page)).toBe(1)
  await answer(other, false)
  await expect.poll(() => inDatabase(page)).toBe(0)
  await track(page, 'After the no')
  await expectOnly(account, other, ['page', 'page'])
})

test('a no reaches the worker that sends for a page which has ended', async ({
  page,
  put,
  account,
  context,
}) => {
  const url = await put({ settings: { workerUrl } })
  await openWaiting(page, url, account)
  const lost = (): number => account.line.lost.length
  const before = lost()
  await page.close()
  // The worker has it, and tries.
  await expect.poll(lost, { timeout: 20_000 }).toBeGreaterThan(before)
  const next = await context.newPage()
  await open(next, url)
  await answer(next, false)
  await expect.poll(() => inDatabase(next)).toBe(0)
  await expectOnly(account, next, ['page'])
})

test('on a page that has not loaded, clear deletes what waits, and creates nothing', async ({
  page,
  put,
  account,
}) => {
  const url = await put()
  await open(page, url)
  await page.evaluate(() => window.consent.plugin.clear())
  expect(await onDevice(page)).toEqual([])
  await openWaiting(page, url, account)
  await open(page, url)
  expect(await inDatabase(page)).toBe(1)
  await page.evaluate(() => window.consent.plugin.clear())
  expect(await inDatabase(page)).toBe(0)
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => /^userengage/.test(key))),
  ).toEqual([])
})

test('the way back to a page that was left after a yes finds the no that was said meanwhile', async ({
  visitor,
  put,
  account,
}) => {
  const url = await put()
  await open(visitor, url)
  await answer(visitor, true)
  await expect.poll(account.events).toEqual(['page'])
  await open(visitor, `${url}?next`)
  await answer(visitor, false)
  await visitor.evaluate(() => {
    document.title = 'left'
    history.back()
  })
  await visitor.waitForFunction(() => document.title !== 'left' && window.consent !== undefined)
  await track(visitor, 'After the no')
  await visitor.waitForTimeout(500)
  expect(await onDevice(visitor)).toEqual(['userengage'])
  expect(await account.events()).toEqual(['page'])
})

for (const [when, shown] of [
  ['before', { before: `<script>${oneTrust}</script>` }],
  ['after', { after: `<script type="module">${oneTrust}</script>` }],
] as const) {
  test(`OneTrust, loaded ${when} the page's code: the calls wait for the click, and a later page for none`, async ({
    page,
    put,
    account,
  }) => {
    const url = await put({ with: ['onetrust.js'], ...shown })
    await open(page, url)
    await page.waitForTimeout(500)
    expect(await onDevice(page)).toEqual([])
    await page.evaluate(() => window.OneTrust.AllowAll())
    await expect.poll(account.events).toEqual(['page'])
    await open(page, url)
    await expect.poll(account.events).toEqual(['page', 'page'])
    account.line.cut()
    await track(page, 'Waits')
    await expect.poll(() => inDatabase(page)).toBe(1)
    await page.evaluate(() => window.OneTrust.RejectAll())
    await expect.poll(() => onDevice(page)).toEqual(['userengage'])
    await expect.poll(() => inDatabase(page)).toBe(0)
    account.line.mend()
    await open(page, url)
    await page.waitForTimeout(500)
    expect(await onDevice(page)).toEqual(['userengage'])
    // What the page called while the visitor said no stays unsent.
    await page.evaluate(() => window.OneTrust.AllowAll())
    await track(page, 'Agreed again')
    await expect.poll(account.events).toEqual(['page', 'page', 'Agreed again'])
  })
}

const gtag = `<script>
  window.dataLayer = window.dataLayer || []
  function gtag() { dataLayer.push(arguments) }
</script>`
const consentDefault = (state: string, more = ''): string =>
  `<script>gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: '${state}'${more} })</script>`

test('Consent Mode: an update grants and withdraws, also after Google Tag Manager has taken over dataLayer', async ({
  page,
  put,
  account,
}) => {
  const before = `${gtag}${consentDefault('denied')}
    <script>gtag('consent', 'update', { analytics_storage: 'denied' }); dataLayer.push({ event: 'gtm.js' })</script>`
  await open(page, await put({ with: ['consent-mode.js'], before }))
  await page.evaluate(() => {
    const { push } = window.dataLayer
    window.dataLayer.push = (...entries) => push.apply(window.dataLayer, entries)
  })
  await page.waitForTimeout(500)
  expect(await onDevice(page)).toEqual([])
  const update = (state: string) =>
    page.evaluate((analytics_storage) => {
      window.gtag('consent', 'update', { ad_storage: 'granted' })
      window.gtag('consent', 'update', { analytics_storage })
    }, state)
  await update('granted')
  await expect.poll(account.events).toEqual(['page'])
  account.line.cut()
  await track(page, 'Waits')
  await expect.poll(() => inDatabase(page)).toBe(1)
  await update('denied')
  await expect.poll(() => inDatabase(page)).toBe(0)
  await expectOnly(account, page, ['page'])
})

for (const [what, defaults, sends] of [
  ['a default that grants to all', consentDefault('granted'), true],
  ['a default that grants to a region', consentDefault('granted', ", region: ['US']"), false],
  [
    'a default that denies a region',
    consentDefault('denied', ", region: ['DE']") + consentDefault('granted'),
    false,
  ],
] as const) {
  test(`Consent Mode: ${what} ${sends ? 'is a yes' : 'is none'}`, async ({ page, put, account }) => {
    await open(page, await put({ with: ['consent-mode.js'], before: gtag + defaults }))
    if (sends) await expect.poll(account.events).toEqual(['page'])
    else {
      await page.waitForTimeout(500)
      expect(await onDevice(page)).toEqual([])
      await page.evaluate(() => window.gtag('consent', 'update', { analytics_storage: 'granted' }))
      await expect.poll(account.events).toEqual(['page'])
    }
  })
}

test("Segment's snippet holds the calls as long as nobody calls load", async ({ page, site, account }) => {
  const snippet = snippets['5.2.1'](site.origin)
  const load = `analytics.load("KEY",{integrations:{"Segment.io":false}});`
  expect(snippet).toContain(load)
  const { apiKey, endpoint } = account
  const tag = `<script src="/dist/userengage.min.js" data-api-key="${apiKey}" data-endpoint="${endpoint}"></script>`
  const url = `${site.put(tag + snippet.replace(load, ''))}?utm_campaign=spring`
  await page.goto(url, { referer: 'https://search.example/' })
  await page.evaluate(() => history.replaceState(null, '', '/pages/elsewhere'))
  await page.waitForTimeout(500)
  expect(await onDevice(page)).toEqual([])
  await page.evaluate(() => void window.analytics.load?.('KEY', { integrations: { 'Segment.io': false } }))
  await expect.poll(account.events).toEqual(['page'])
  expect((await account.messages())[0]?.body.context).toMatchObject({
    page: { url, referrer: 'https://search.example/' },
    campaign: { name: 'spring' },
  })
})

test('the all-in-one file holds the calls in a stub, as printed, and begins anew after a no', async ({
  page,
  site,
  account,
}) => {
  const [, html = ''] = /^```html\n(.*?)^```$/ms.exec(readFileSync(printed, 'utf8')) ?? []
  const own = html
    .replace('http://localhost:4400/api/segment/', account.endpoint)
    .replace("apiKey = 'demo'", `apiKey = '${account.apiKey}'`)
    .replace("'/userengage", "'/dist/userengage")
  expect(own).toContain(account.apiKey)
  const before = Date.now()
  await page.goto(site.put(own))
  const landed = Date.now()
  await page.waitForTimeout(500)
  expect(await onDevice(page)).toEqual([])
  await page.evaluate(() => window.agree())
  await expect.poll(account.events).toEqual(['page'])
  const time = Date.parse((await account.messages())[0]?.body.timestamp ?? '')
  expect(time).toBeGreaterThanOrEqual(before)
  expect(time).toBeLessThanOrEqual(landed)
  account.line.cut()
  await page.evaluate(() => void window.analytics.track('Waits'))
  await expect.poll(() => inDatabase(page)).toBe(1)
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => void window.decline())])
  expect(await inDatabase(page)).toBe(0)
  expect(await onDevice(page)).toEqual(['userengage'])
  account.line.mend()
  await page.evaluate(() => window.agree())
  await expect.poll(account.events).toEqual(['page', 'page'])
})
