import { trackAll, unsettled } from '../support/calls.ts'
import { passTimeUntil, stopClock } from '../support/clock.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { shopPage } from '../support/shop-page.ts'

test('if the page’s policy refuses the endpoint, one error says so, and reports do not flood the site', async ({
  page,
  site,
  account,
  errors,
}) => {
  await stopClock(page)
  const { apiKey, endpoint } = account
  const url = site.put(shopPage({ apiKey, endpoint }), {
    'content-security-policy': "connect-src 'self' https://cdn.segment.com",
  })
  await page.addInitScript(() => {
    Object.assign(window, { violations: [] })
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) =>
      (window as unknown as { violations: string[] }).violations.push(blockedURI),
    )
  })
  const ofPlugin = (): string[] => errors.filter((text) => text.includes('[UserEngage]'))
  await enter(page, url)
  await trackAll(page, ['A', 'B', 'C'])
  await passTimeUntil(page, () => ofPlugin().length, 1, 50)
  await page.clock.runFor(4 * 60_000)
  const violations = await page.evaluate(() => (window as unknown as { violations: string[] }).violations)
  expect(violations).toEqual([endpoint])
  expect(ofPlugin()).toHaveLength(1)
  expect(ofPlugin()[0]).toContain(`Add ${new URL(endpoint).origin} to its connect-src.`)
  expect(await unsettled(page)).toBe(3)
  // The browser itself logs each refused request.
  errors.splice(0)
})
