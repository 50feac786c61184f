import type { Page } from '@playwright/test'
import { expectAllOnce, numbered, trackAll, unsettled } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'

// A browser without any network is sure of it: `navigator.onLine` is false. An endpoint on the same machine answers all
// the same.

const withoutNetwork = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    let isOnline = false
    Object.defineProperty(Navigator.prototype, 'onLine', { get: () => isOnline })
    addEventListener('online', () => {
      isOnline = true
    })
  })

test('without a network, an endpoint on this machine gets its messages, at exit too', async ({
  page,
  shop,
  account,
}) => {
  await withoutNetwork(page)
  await enter(page, shop())
  await trackAll(page, ['A', 'B'])
  await expectAllOnce(account, ['A', 'B'])
  expect(await page.evaluate(() => window.plugin.flush())).toBe(true)
  await page.evaluate(() => addEventListener('pagehide', () => void window.analytics.track('At exit')))
  await page.goto('about:blank')
  await expectAllOnce(account, ['A', 'B', 'At exit'])
})

test('without a network, any other endpoint is asked for nothing until the browser is online', async ({
  page,
  shop,
  account,
  errors,
}) => {
  await withoutNetwork(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const endpoint = account.endpoint.replace('localhost', 'shop.test')
  await enter(page, shop({ endpoint }))
  await trackAll(page, numbered('E', 3))
  await expect.poll(() => unsettled(page)).toBe(3)
  expect(await page.evaluate(() => window.plugin.flush())).toBe(false)
  expect(asked).not.toContain(endpoint)
  await page.evaluate(() => void window.dispatchEvent(new Event('online')))
  await expect.poll(() => asked).toContain(endpoint)
  // The sandbox takes nothing by another name than that of this machine.
  errors.splice(0)
})
