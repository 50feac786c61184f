import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'
import { type Site, scriptTag } from './support/site.ts'

/** The pages of the sandbox, each for the account of the test. */
const open = async (page: Page, origin: string, path: '/' | '/demo/', app: string): Promise<Page> => {
  await page.goto(`${origin}${path}?app=${app}`)
  return page
}

/** A page of the customer's site, in another tab. */
async function openOther(context: BrowserContext, site: Site, account: Account): Promise<Page> {
  const page = await context.newPage()
  await page.goto(site.put(scriptTag('userengage-analytics.min.js', account)))
  return page
}

test('a visit to the demo shop leads to a profile, events, page views and a company', async ({
  page,
  sandbox,
  account,
}) => {
  await open(page, sandbox.origin, '/demo/', account.id)
  await page
    .getByRole('button', { name: /^View / })
    .first()
    .click()
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: /^Add .* to bag$/ })
    .first()
    .click()
  await page.getByRole('link', { name: /^Bag/ }).click()
  await page.getByRole('button', { name: /^Buy for/ }).click()
  await page.getByRole('link', { name: /^You/ }).click()
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('button', { name: 'Join company' }).click()
  await expect
    .poll(async () => (await account.events()).filter((name) => name !== 'page'))
    .toEqual(['Product Viewed', 'Product Added', 'Order Completed', 'identify', 'group'])

  const identify = (await account.messages()).find(({ body }) => body.type === 'identify')
  const userId = String(identify?.body.userId)
  expect(await account.profile(userId)).toMatchObject({
    email: expect.stringContaining('@'),
    first_name: expect.any(String),
    city: expect.any(String),
    companies: [{ member_since: expect.any(String) }],
  })
})

test('the inspector shows messages as they arrive, and the changes they made', async ({
  page,
  sandbox,
  account,
  context,
  site,
}) => {
  await open(page, sandbox.origin, '/', account.id)
  await expect(page.getByTestId('connection')).toHaveText(/live/i)
  await expect(page.getByTestId('message-row')).toHaveCount(0)

  await account.answersWith({ status: 503 })
  const shop = await openOther(context, site, account)
  await shop.evaluate(
    () => void window.analytics.identify('ada', { firstName: 'Ada', plan: '<img src=x onerror=alert(1)>' }),
  )

  const rows = page.getByTestId('message-row')
  await expect(rows).toHaveCount(2)
  const statuses = rows.getByTestId('message-status')
  await expect(statuses).toContainText(['200', '503'])
  await expect(rows.first().getByTestId('message-attempts')).toContainText('2')
  await expect(rows.first().getByTestId('message-delay')).toHaveText(/\d/)

  await rows.first().click()
  const detail = page.getByTestId('message-detail')
  await expect(detail.getByTestId('message-changes')).toContainText('first_name')
  await expect(detail.getByTestId('message-body')).toContainText('"first_name": "Ada"')
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
})

test('the inspector shows profiles with their timeline, events and companies, live', async ({
  page,
  sandbox,
  account,
  context,
  site,
}) => {
  await open(page, sandbox.origin, '/', account.id)
  await page.getByTestId('nav-profiles').click()
  const shop = await openOther(context, site, account)
  await shop.evaluate(() => {
    void window.analytics.identify('ada', { name: 'Ada Lovelace', plan: 'pro' })
    void window.analytics.page('Home')
    void window.analytics.track('Order Completed', { total: 12 })
    void window.analytics.group('acme', { name: 'Acme' })
  })
  await expect.poll(account.events).toHaveLength(4)

  await page.getByTestId('profile-row').filter({ hasText: 'Ada Lovelace' }).click()
  const field = (name: string) => page.locator(`[data-testid="profile-field"][data-field="${name}"]`)
  await expect(field('plan')).toContainText('pro')
  await expect(field('resolution')).toContainText('1280x720')
  await expect(page.getByTestId('timeline-entry')).toHaveCount(2)
  await page.reload()
  await expect(field('plan')).toContainText('pro')

  await page.getByTestId('nav-events').click()
  await expect(page.getByTestId('event-row').filter({ hasText: 'Order Completed' })).toContainText('total')
  await page.getByTestId('nav-companies').click()
  await page.getByTestId('company-row').filter({ hasText: 'Acme' }).click()
  await expect(page.getByTestId('company-member')).toContainText('ada')
})
