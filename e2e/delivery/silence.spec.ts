import type { Page } from '@playwright/test'
import { trackAll, unsettled } from '../support/calls.ts'
import { passTimeUntil, stopClock } from '../support/clock.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { listen } from '../support/sandbox.ts'

/** What the plugin warns of on a page, and the time stopped. Without `debug` it says nothing else. */
async function warningsOf(page: Page): Promise<string[]> {
  const warnings: string[] = []
  page.on('console', (line) => {
    if (line.text().includes('[UserEngage]')) warnings.push(line.text())
  })
  await stopClock(page)
  return warnings
}

/** How many requests to an endpoint a page made. */
function countRequests(page: Page, endpoint: string): () => number {
  let count = 0
  page.on('requestfinished', (request) => {
    if (request.url() === endpoint && request.method() === 'POST') count++
  })
  page.on('requestfailed', (request) => {
    if (request.url() === endpoint && request.method() === 'POST') count++
  })
  return () => count
}

/** The addresses of an endpoint at which nothing answers, as a page of the site has it. */
const silentAt = {
  'a port where nothing listens': async () => {
    const { origin, close } = await listen(() => new Response())
    close()
    return `${origin}/api/segment/`
  },
  'a path of another origin without CORS headers': async (cdn: string) => `${cdn}/v1/track`,
}

for (const [what, endpointOn] of Object.entries(silentAt)) {
  test(`${what}: three requests without an answer are one warning, and the messages wait`, async ({
    page,
    site,
    shop,
    errors,
  }) => {
    const warnings = await warningsOf(page)
    const endpoint = await endpointOn(site.cdn)
    const requests = countRequests(page, endpoint)
    await enter(page, shop({ endpoint }))
    await trackAll(page, ['A', 'B'])
    await passTimeUntil(page, () => warnings.length, 1, 50)
    expect(requests()).toBe(3)
    expect(warnings[0]).toContain(`Nothing answers at ${endpoint}: 3 requests`)
    await page.clock.runFor(10 * 60_000)
    await passTimeUntil(page, () => requests() > 6, true, 5000)
    expect(warnings).toHaveLength(1)
    expect(await unsettled(page)).toBe(2)
    // The browser itself logs each failure.
    errors.splice(0)
  })
}

test('an endpoint that answers with errors is not told to be silent', async ({ page, shop, account }) => {
  const warnings = await warningsOf(page)
  await account.answersWith({ status: 503, times: 3 })
  await enter(page, shop())
  await trackAll(page, ['A'])
  await passTimeUntil(page, account.events, ['A'], 500)
  expect(warnings).toEqual([])
})

test('while the browser is offline, no failure is a warning', async ({ page, shop, account }) => {
  const warnings = await warningsOf(page)
  await enter(page, shop())
  const requests = countRequests(page, account.endpoint)
  await page.context().setOffline(true)
  await trackAll(page, ['A'])
  await passTimeUntil(page, () => requests() >= 4, true, 500)
  await page.context().setOffline(false)
  await passTimeUntil(page, account.events, ['A'], 200)
  expect(warnings).toEqual([])
})

test('a wrong path of the sandbox is one error, in which the sandbox says the right one', async ({
  page,
  shop,
  account,
  errors,
}) => {
  const warnings = await warningsOf(page)
  await enter(page, shop({ endpoint: account.endpoint.replace('/api/segment/', '/v1/track') }))
  await trackAll(page, ['A'])
  await passTimeUntil(page, () => warnings.length, 1, 50)
  expect(warnings[0]).toContain(
    `/v1/track answered 404 "Nothing is at /v1/track. Messages go to POST ${account.endpoint};`,
  )
  errors.splice(0)
})
