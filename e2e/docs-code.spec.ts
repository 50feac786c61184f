import type { Page } from '@playwright/test'
import { launchedFor } from './support/example.ts'
import { test as base, expect } from './support/fixtures.ts'
import { bundlePrinted } from './support/printed.ts'
import { messagesOfDemo, type ReceivedMessage } from './support/sandbox.ts'
import { withoutSegment } from './support/shop-page.ts'

declare global {
  interface Window {
    printed?: { redacting: Window['plugin'] }
  }
}

interface Reader {
  /** Opens a page with the code that a page of the documentation prints below a heading. */
  read(
    path: string,
    heading: string,
    more?: { before?: string; index?: number; query?: string },
  ): Promise<void>
  /** What arrived of this page at the address that the documentation prints. */
  arrived(): Promise<ReceivedMessage['body'][]>
  /** The hosts that the page asked for anything. */
  hosts: Set<string>
}

/** The code runs as it is printed: its browser finds the sandbox of the test at localhost:4400. */
const test = base.extend<{ reader: Reader }, object>({
  launchOptions: [
    async ({ launchOptions, sandbox }, use) => use(launchedFor(sandbox.origin, launchOptions)),
    { scope: 'worker' },
  ],
  reader: async ({ page, site, sandbox }, use) => {
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).host))
    let address = ''
    await use({
      hosts,
      async read(path, heading, { before = '', index = 0, query = '' } = {}) {
        const script = site.putScript(await bundlePrinted(path, heading, index))
        address = site.put(`${before}<script src="${script}" defer></script>`)
        hosts.clear()
        await page.goto(address + query)
        hosts.delete(new URL(address).host)
      },
      arrived: async () =>
        (await messagesOfDemo(sandbox.origin))
          .filter(({ status }) => status === 200)
          .map(({ body }) => body)
          .filter(({ context }) => String(context.page?.url).startsWith(address)),
    })
  },
})
const namesOf = async ({ arrived }: Reader): Promise<string[]> =>
  (await arrived()).map(({ type, event }) => event ?? type)

/** What the CDN of Segment does with the request for a workspace's settings. */
const cdn = {
  answers: (page: Page) =>
    page.route('https://cdn.segment.com/**', (route) =>
      route.fulfill({
        json: { integrations: { 'Segment.io': { apiKey: 'k' } }, metrics: { sampleRate: 0 } },
        headers: { 'access-control-allow-origin': '*' },
      }),
    ),
  'answers 404': (page: Page) =>
    page.route('https://cdn.segment.com/**', (route) =>
      route.fulfill({ status: 404, body: 'Not found', headers: { 'access-control-allow-origin': '*' } }),
    ),
  'is blocked': (page: Page) => page.route('https://cdn.segment.com/**', (route) => route.abort()),
}
const toSegment = 'api.segment.io'

test.beforeEach(({ page }) => page.route(`https://${toSegment}/**`, (route) => route.fulfill({ json: {} })))

for (const [path, heading, calls] of [
  ['README.md', 'From npm', ['identify', 'Order Completed']],
  ['docs/getting-started.md', 'With a bundler', ['page', 'identify', 'Order Completed', 'group']],
] as const) {
  test(`the first code of ${path} sends its calls, and asks nobody but the endpoint`, async ({ reader }) => {
    await reader.read(path, heading)
    await expect.poll(() => namesOf(reader)).toEqual(calls)
    expect([...reader.hosts]).toEqual(['localhost:4400'])
  })
}

for (const path of ['README.md', 'docs/getting-started.md']) {
  test(`${path}, with a Segment workspace: the calls arrive where Segment’s CDN answers`, async ({
    page,
    reader,
  }) => {
    await cdn.answers(page)
    await reader.read(path, 'With a Segment workspace')
    await expect.poll(() => namesOf(reader)).toEqual(['Order Completed'])
    expect([...reader.hosts]).toContain(toSegment)
  })
}

for (const state of ['answers 404', 'is blocked'] as const) {
  test(`where Segment’s CDN ${state}, the code for a workspace sends nothing, and the console has an error`, async ({
    page,
    reader,
    errors,
  }) => {
    await cdn[state](page)
    await reader.read('README.md', 'With a Segment workspace')
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    expect([...reader.hosts]).toEqual(['cdn.segment.com'])
    errors.splice(0)
  })
}

for (const state of ['answers', 'answers 404', 'is blocked'] as const) {
  test(`where Segment’s CDN ${state}, the remedy sends the calls${state === 'answers' ? ', to Segment as well' : ', to nobody else'}`, async ({
    page,
    reader,
  }) => {
    await cdn[state](page)
    await reader.read('docs/getting-started.md', "Where Segment's CDN does not answer")
    await expect.poll(() => namesOf(reader)).toEqual(['Order Completed'])
    const others = state === 'answers' ? [toSegment] : []
    expect([...reader.hosts].sort()).toEqual([...others, 'cdn.segment.com', 'localhost:4400'].sort())
  })
}

/** The page's own analytics, for code that only registers a plugin. */
const ownAnalytics = `<script type="module">
  import '/app/main.js'
  window.analytics = AnalyticsBrowser.load(${withoutSegment})
</script>`

test('beside the widget, the code of docs/migrating.md sends groups only', async ({ page, reader }) => {
  await reader.read('docs/migrating.md', "From UserEngage's own widget \\(the chat\\)", {
    before: ownAnalytics,
  })
  await page.evaluate(async () => {
    await window.analytics.page()
    await window.analytics.identify('ada')
    await window.analytics.track('Paid')
    await window.analytics.group('acme', { name: 'Acme' })
  })
  await expect.poll(() => namesOf(reader)).toEqual(['group'])
})

for (const [path, heading, index, isCampaignSent] of [
  ['docs/settings.md', 'beforeSend', 0, true],
  ['docs/privacy.md', 'What is sent, and how to turn it off', 1, true],
  ['docs/privacy.md', 'Addresses', 0, false],
] as const) {
  test(`the redaction that ${path} prints below "${heading}" lets nothing of the query through`, async ({
    page,
    reader,
    sandbox,
  }) => {
    const query = '?token=secret-token&utm_campaign=spring#secret-fragment'
    await reader.read(path, heading, { before: ownAnalytics, index, query })
    await page.evaluate(async () => {
      const redacting = window.printed?.redacting
      if (redacting) await window.analytics.register?.(redacting)
      await window.analytics.page()
      await window.analytics.track('Seen', { url: location.href, total: 12 })
      await window.analytics.identify('ada')
    })
    await expect.poll(() => namesOf(reader)).toEqual(['page', 'Seen', 'identify'])
    // Bodies and headers.
    const leaking = (await messagesOfDemo(sandbox.origin))
      .filter((received) => JSON.stringify(received).includes('secret'))
      .map(({ body }) => body.type)
    expect(leaking).toEqual([])
    for (const { context } of await reader.arrived()) {
      expect(context.campaign).toEqual(isCampaignSent ? { name: 'spring' } : undefined)
    }
  })
}

for (const [trouble, isThrown] of [
  ['full', true],
  ['forbidden', false],
] as const) {
  test(`where localStorage is ${trouble}, \`new Analytics\` ${isThrown ? 'throws, unless it keeps nothing' : 'works'}: as the documentation has it`, async ({
    page,
    site,
  }) => {
    await page.addInitScript((isFull) => {
      const fail = (): never => {
        throw new DOMException('no', isFull ? 'QuotaExceededError' : 'SecurityError')
      }
      if (isFull) Storage.prototype.setItem = fail
      else Object.defineProperty(window, 'localStorage', { get: fail })
    }, trouble === 'full')
    await page.goto(site.put('<script type="module">import "/app/main.js"; window.loaded = true</script>'))
    await page.waitForFunction(() => 'loaded' in window)
    const outcomes = await page.evaluate(() =>
      [{ retryQueue: true }, { retryQueue: true, disableClientPersistence: true }].map((options) => {
        const { Analytics } = window as unknown as {
          Analytics: new (settings: object, options: object) => object
        }
        try {
          return new Analytics({ writeKey: 'unused' }, options) && 'made'
        } catch {
          return 'thrown'
        }
      }),
    )
    expect(outcomes).toEqual([isThrown ? 'thrown' : 'made', 'made'])
  })
}
