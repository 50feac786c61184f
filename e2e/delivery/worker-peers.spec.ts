import type { Page } from '@playwright/test'
import { expectAllOnce, numbered, stored, tally, trackAll } from '../support/calls.ts'
import { test as base, enter, expect } from '../support/fixtures.ts'
import type { Account } from '../support/sandbox.ts'
import { startWorker, watchWorker, workerUrl } from '../support/worker.ts'

const test = base.extend<{ openTab(url: string): Promise<Page> }>({
  openTab: async ({ context }, use) =>
    use(async (url) => {
      const tab = await context.newPage()
      await watchWorker(tab)
      await enter(tab, url)
      return tab
    }),
})

/** The order in which messages arrived for the first time. */
const firstArrivals = async (account: Account): Promise<(string | undefined)[]> => {
  const events = await account.events()
  return events.filter((event, index) => events.indexOf(event) === index)
}

const isInFlight = (tab: Page): Promise<unknown> =>
  tab.waitForFunction(() => window.plugin.stats().inFlight === 1)

const stamped = (tab: Page, events: string[], granted: boolean): Promise<void> =>
  tab.evaluate(
    ([names, isGranted]) => {
      const context = { consent: { categoryPreferences: { C0002: isGranted } } }
      for (const name of names) void window.analytics.track(name, {}, { context })
    },
    [events, granted] as const,
  )

/** The messages that the database has. An empty text says that its message is settled. */
const unsettledTexts = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const opening = indexedDB.open('userengage')
        opening.onsuccess = () => {
          const reading = opening.result.transaction('messages').objectStore('messages').getAll()
          reading.onsuccess = () => {
            opening.result.close()
            resolve((reading.result as string[]).filter((text) => text !== ''))
          }
        }
      }),
  )

test('a page that begins while the worker works sends what is left, in order', async ({
  openTab,
  shop,
  account,
}) => {
  const url = shop({ workerUrl })
  const closed = await openTab(url)
  await startWorker(closed)
  const sent = numbered('E', 40)
  await account.answersWith({ delayMs: 100, times: 45 })
  await trackAll(closed, sent)
  await isInFlight(closed)
  await closed.close()
  await expect.poll(async () => (await firstArrivals(account)).length).toBeGreaterThan(6)
  const next = await openTab(url)
  await trackAll(next, numbered('Next', 3))
  await expect.poll(async () => (await tally(account, [...sent, ...numbered('Next', 3)])).lost).toEqual([])
  expect(await firstArrivals(account)).toEqual(['First', ...sent, ...numbered('Next', 3)])
  // The page took over from the worker: it has delivered most of them itself.
  expect((await next.evaluate(() => window.plugin.stats())).delivered).toBeGreaterThan(20)
  // Only the request in flight as the tab was closed had an answer that nobody read.
  const { repeated } = await tally(account, sent)
  expect(repeated.length).toBeLessThanOrEqual(1)
})

test('the worker obeys a Retry-After that its page was told, and so does the next page one that the worker was told', async ({
  openTab,
  shop,
  account,
}) => {
  const url = shop({ workerUrl })
  const first = await openTab(url)
  await startWorker(first)
  await account.answersWith({ status: 503, retryAfter: 2 }, { status: 503, retryAfter: 3 })
  await trackAll(first, ['A', 'B'])
  await first.waitForFunction(() => window.plugin.stats().inFlight === 0)
  await first.close()
  const refusals = async () => (await account.messages()).filter(({ status }) => status === 503)
  await expect.poll(async () => (await refusals()).length).toBe(2)
  const next = await openTab(url)
  await trackAll(next, ['C'])
  await expectAllOnce(account, ['A', 'B', 'C'])
  expect(await account.events()).toEqual(['First', 'A', 'B', 'C'])
  const times = (await account.messages()).slice(1).map(({ receivedAt }) => Date.parse(receivedAt))
  const [toPage = 0, toWorker = 0, toNext = 0] = times
  expect(toWorker - toPage).toBeGreaterThan(1900)
  expect(toNext - toWorker).toBeGreaterThan(2900)
})

test('the worker sends nothing of a visitor who has withdrawn consent, and keeps nothing of it', async ({
  openTab,
  shop,
  account,
}) => {
  const url = shop({ workerUrl, consent: ['C0002'] })
  const closed = await openTab(url)
  await stamped(closed, ['Granted'], true)
  await closed.waitForFunction(() => window.isWorkerReady && window.plugin.stats().delivered === 1)
  await account.answersWith({ delayMs: 1000 })
  await stamped(closed, ['In flight'], true)
  await isInFlight(closed)
  await stamped(closed, numbered('Waiting', 5), true)
  await stamped(closed, ['Withdrawn'], false)
  await closed.waitForFunction(() => window.plugin.stats().dropped.consent === 1)
  await closed.close()
  // A page with another key sees what is stored, and takes part in nothing.
  const look = await openTab(shop({ apiKey: 'another', workerUrl: false }))
  await expect.poll(() => unsettledTexts(look)).toEqual([])
  await enter(look, url)
  await stamped(look, ['Agreed again'], true)
  await expectAllOnce(account, ['Granted', 'In flight', 'Agreed again'])
  expect((await account.events()).sort()).toEqual(['Agreed again', 'Granted', 'In flight'])
  await expect.poll(() => stored(look)).toEqual({ journal: [], database: [] })
})

test('the worker sends nothing after the browser asked for privacy', async ({ openTab, shop, account }) => {
  const url = shop({ workerUrl, respectGpc: true })
  const closed = await openTab(url)
  await startWorker(closed)
  await account.answersWith({ delayMs: 1000 })
  await trackAll(closed, ['In flight', ...numbered('Waiting', 5)])
  await isInFlight(closed)
  await closed.evaluate(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  await closed.close()
  // A page that begins before the worker has what is left would send it: its browser does not ask for privacy.
  const look = await openTab(shop({ apiKey: 'another', workerUrl: false }))
  await expect.poll(() => unsettledTexts(look)).toEqual([])
  const next = await openTab(url)
  await trackAll(next, ['Next'])
  await expect.poll(async () => (await tally(account, ['In flight', 'Next'])).lost).toEqual([])
  expect(new Set(await account.events())).toEqual(new Set(['First', 'In flight', 'Next']))
})

test('a worker of another version stays silent, and those of the own version work beside it', async ({
  openTab,
  page,
  shop,
  account,
}) => {
  await page.addInitScript(() => {
    window.SharedWorker = class extends SharedWorker {
      constructor(url: string | URL, options?: string | WorkerOptions) {
        const { name } = options as WorkerOptions
        if (!name) super(url, options)
        else {
          const another = name.replace(/"version":"[^"]*"/, '"version":"another"')
          super(url, { extendedLifetime: true, name: another } as WorkerOptions)
          this.addEventListener('error', () => document.body.append('failed'))
          document.body.append('made')
        }
      }
    }
  })
  await watchWorker(page)
  const url = shop({ workerUrl })
  await enter(page, url)
  await trackAll(page, ['A'])
  await expect(page.getByText('made')).toBeVisible()
  const other = await openTab(url)
  await trackAll(other, ['B'])
  await other.waitForFunction(() => window.isWorkerReady)
  await expectAllOnce(account, ['A', 'B'])
  expect(await page.evaluate(() => window.isWorkerReady)).not.toBe(true)
  await expect(page.getByText('failed')).toBeHidden()
})
