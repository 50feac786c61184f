import { expectAllOnce, numbered, trackAll, unsettled } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'

/** A service worker as many sites have one: where the network fails, it answers with a cached page. */
const withOfflinePage = (offlinePage: string): string => `
  addEventListener('install', (event) => {
    event.waitUntil(caches.open('offline').then((cache) => cache.add('${offlinePage}')).then(() => skipWaiting()))
  })
  addEventListener('activate', (event) => event.waitUntil(clients.claim()))
  addEventListener('fetch', (event) => {
    event.respondWith(fetch(event.request).catch(() => caches.match('${offlinePage}')))
  })`

test('the answer of a service worker is not taken for the endpoint’s', async ({
  page,
  site,
  shop,
  account,
}) => {
  await enter(page, shop())
  const script = site.putScript(withOfflinePage(site.put('<h1>You are offline</h1>')))
  await page.evaluate(async (url) => {
    const controlled = new Promise((resolve) => {
      navigator.serviceWorker.oncontrollerchange = resolve
    })
    await navigator.serviceWorker.register(url)
    await controlled
  }, script)
  // Its worker passes on what the endpoint answers.
  await trackAll(page, ['Online'])
  await expectAllOnce(account, ['Online'])
  await expect.poll(() => unsettled(page)).toBe(0)

  account.line.cut()
  await trackAll(page, numbered('E', 3))
  expect(await page.evaluate(() => window.plugin.flush())).toBe(false)
  expect(account.line.lost).toContain('E1')
  expect(await page.evaluate(() => window.plugin.stats())).toMatchObject({ delivered: 1, dropped: {} })

  account.line.mend()
  expect(await page.evaluate(() => window.plugin.flush())).toBe(true)
  await expectAllOnce(account, ['Online', ...numbered('E', 3)])
})
