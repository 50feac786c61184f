import type { Page } from '@playwright/test'
import { numbered, trackAll } from './support/calls.ts'
import { test as base, enter, expect } from './support/fixtures.ts'
import { type RelayUnderTest, startRelay } from './support/relay.ts'
import { startWorker, watchWorker, workerUrl } from './support/worker.ts'

interface Fixtures {
  relay: RelayUnderTest
  /** The address of a page of the shop whose plugin sends to the relay. */
  shopUrl: string
  /** The events that the relay has written, in their order. */
  written(): Promise<string[]>
  /** How the REST API answers its next requests. */
  restAnswersWith(...faults: object[]): Promise<void>
}

const test = base.extend<Fixtures>({
  relay: async ({ sandbox, site, account }, use) => {
    const relay = await startRelay(sandbox.origin, account, site.origin)
    await use(relay)
    relay.close()
  },
  shopUrl: async ({ shop, relay }, use) => use(shop({ endpoint: `${relay.origin}/hello` })),
  written: async ({ account }, use) =>
    use(async () =>
      (await account.restRequests())
        .filter(
          ({ path, status }) => String(path).endsWith('/events/') && [200, 201].includes(Number(status)),
        )
        .map(({ body }) => (body as { name: string }).name)
        .filter((name) => name !== 'Page view'),
    ),
  restAnswersWith: async ({ sandbox, account }, use) =>
    use(async (...faults) => {
      const body = JSON.stringify(faults)
      await fetch(`${sandbox.origin}/api/sandbox/apps/${account.id}/rest/faults`, { method: 'PUT', body })
    }),
})

/** Opens the shop, as a visitor who is known. */
async function openAs(page: Page, url: string, user = 'ada'): Promise<void> {
  await enter(page, url)
  await page.evaluate(async (id) => {
    await window.analytics.identify(id, { email: 'ada@shop.example' })
    await window.plugin.flush()
  }, user)
}

test('what a page calls is in the profile, by the REST API only, and no token is in the page', async ({
  page,
  shopUrl,
  account,
}) => {
  const seen: string[] = []
  page.on('request', (request) => seen.push(JSON.stringify([request.headers(), request.postData()])))
  page.on('response', (response) => seen.push(JSON.stringify(response.headers())))
  await enter(page, shopUrl)
  await page.evaluate(async () => {
    const { analytics } = window
    await analytics.page('Home')
    await analytics.identify('ada', { firstName: 'Ada', plan: 'pro' })
    await analytics.track('Bought', { price: 9 })
    await analytics.group('acme', { name: 'Acme' })
    await window.plugin.flush()
  })
  const profile = await account.profile('ada')
  expect(profile).toMatchObject({
    first_name: 'Ada',
    plan: 'pro',
    os: 'Linux',
    companies: [{ name: 'Acme' }],
  })
  expect(profile.screen_resolution).toMatch(/^\d+x\d+$/)
  // The visitor's own page view is part of the profile: it was taken over.
  expect((await account.eventsOf('ada')).map(({ name }) => name)).toEqual(['Page view', 'Bought'])
  expect(await account.messages()).toEqual([])
  expect(seen.join()).not.toContain(account.token)
})

test('User.com answers 503, cuts, asks to wait and is slow: every event once, in order', async ({
  page,
  shopUrl,
  written,
  restAnswersWith,
}) => {
  await openAs(page, shopUrl)
  await restAnswersWith({ status: 503 }, { drop: true }, { status: 429, retryAfter: 1 }, { delayMs: 500 })
  const sent = numbered('E', 8)
  await trackAll(page, sent)
  await expect.poll(written, { timeout: 40_000 }).toEqual(sent)
})

test('the relay is away for a while: every event once, in order', async ({
  page,
  shopUrl,
  account,
  written,
}) => {
  await openAs(page, shopUrl)
  account.line.cut()
  const sent = numbered('E', 5)
  await trackAll(page, sent)
  await expect.poll(() => account.line.lost).toContain('E1')
  account.line.mend()
  await expect.poll(written, { timeout: 40_000 }).toEqual(sent)
})

test('the browser is offline for a while: every event once, in order', async ({
  page,
  context,
  shopUrl,
  written,
}) => {
  await openAs(page, shopUrl)
  await context.setOffline(true)
  const sent = numbered('E', 5)
  await trackAll(page, sent)
  await page.waitForFunction(() => window.plugin.stats().queued + window.plugin.stats().inFlight === 5)
  await context.setOffline(false)
  await expect.poll(written, { timeout: 40_000 }).toEqual(sent)
})

test('answers of the relay are lost: the page sends again, and every event is written once', async ({
  page,
  shopUrl,
  relay,
  written,
}) => {
  await openAs(page, shopUrl)
  relay.loseAnswers(3)
  const sent = numbered('E', 6)
  await trackAll(page, sent)
  await page.waitForFunction(() => window.plugin.stats().delivered >= 7, undefined, { timeout: 40_000 })
  expect(await written()).toEqual(sent)
  expect(relay.relay.stats().repeated).toBeGreaterThan(0)
})

test('the page is left with 30 events waiting: every event is written once', async ({
  page,
  shopUrl,
  written,
}) => {
  await openAs(page, shopUrl)
  const sent = numbered('E', 30)
  await trackAll(page, sent)
  await page.goto('about:blank')
  await enter(page, shopUrl)
  await page.evaluate(() => window.plugin.flush())
  await expect.poll(async () => [...(await written())].sort(), { timeout: 40_000 }).toEqual([...sent].sort())
  // What came again was seen before.
  await page.waitForFunction(() => window.plugin.stats().queued + window.plugin.stats().inFlight === 0)
  expect((await written()).length).toBe(30)
})

test('a tab is closed with more waiting than a page may send as it ends: its worker delivers to the relay, once and in order', async ({
  page,
  shop,
  relay,
  restAnswersWith,
  written,
}) => {
  await watchWorker(page)
  await enter(page, shop({ endpoint: `${relay.origin}/hello`, workerUrl }))
  await startWorker(page)
  await restAnswersWith({ delayMs: 500, times: 3 })
  const sent = numbered('E', 30)
  await page.evaluate((events) => {
    for (const event of events) void window.analytics.track(event, { text: 'x'.repeat(4096) })
  }, sent)
  await page.waitForFunction(() => window.plugin.stats().delivered >= 2)
  await page.close()
  await expect.poll(async () => (await written()).length, { timeout: 40_000 }).toBe(31)
  expect(await written()).toEqual(['First', ...sent])
  // Nobody read the answer to the request that was in flight as the tab closed.
  expect(relay.relay.stats().repeated).toBeLessThanOrEqual(1)
})

test('five tabs of one visitor: every event once, in order for each tab', async ({
  context,
  page,
  shopUrl,
  written,
}) => {
  await openAs(page, shopUrl)
  const tabs = [page, ...(await Promise.all([2, 3, 4, 5].map(() => context.newPage())))]
  for (const tab of tabs.slice(1)) await enter(tab, shopUrl)
  const sent = tabs.map((_, tab) => numbered(`Tab ${tab + 1} event `, 10))
  await Promise.all(tabs.map((tab, index) => trackAll(tab, sent[index] ?? [])))
  await expect.poll(async () => (await written()).length, { timeout: 40_000 }).toBe(50)
  const names = await written()
  for (const mine of sent) expect(names.filter((name) => mine.includes(name))).toEqual(mine)
})

test('a site that the relay does not know is told why on its console, and keeps its events', async ({
  page,
  shopUrl,
  errors,
  written,
}) => {
  await enter(page, shopUrl.replace('localhost', '127.0.0.1'))
  await trackAll(page, ['E1'])
  await expect.poll(() => errors.length).toBe(1)
  expect(errors.pop()).toMatch(/403/)
  expect(await page.evaluate(() => window.plugin.stats().queued)).toBe(1)
  expect(await written()).toEqual([])
})

test('the demo shop sends through the relay when it is told to, and straight otherwise', async ({
  page,
  sandbox,
  account,
}) => {
  const relay = await startRelay(sandbox.origin, account, sandbox.origin)
  await page.goto(`${sandbox.origin}/demo/?app=${account.id}`)
  await expect(page.getByRole('link', { name: 'Send through the relay' })).toHaveAttribute(
    'href',
    `?app=${account.id}&relay=4500`,
  )
  await expect.poll(async () => (await account.messages()).length).toBe(1)

  await page.goto(`${sandbox.origin}/demo/?app=${account.id}&relay=${new URL(relay.origin).port}`)
  await page.getByRole('link', { name: 'You' }).click()
  await expect.poll(() => relay.relay.stats().delivered).toBe(2)
  expect(await account.messages()).toHaveLength(1)
  await page.getByRole('link', { name: 'Send straight' }).click()
  await expect.poll(async () => (await account.messages()).length).toBe(2)
  relay.close()
})
