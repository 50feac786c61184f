import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'

const hostile = '<img src=x onerror=alert(1)>'

/** Sends a message as a site does. Returns the status of the answer. */
async function send(account: Account, fields: object, headers: Record<string, string> = {}) {
  const message = { messageId: crypto.randomUUID(), userId: 'ann', timestamp: new Date(), ...fields }
  return fetch(account.endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${account.apiKey}:`)}`, ...headers },
    body: JSON.stringify(message),
  }).then(
    ({ status }) => status,
    () => 0,
  )
}

const order = (userId: string, daysAgo = 0) => ({
  type: 'track',
  userId,
  event: 'Order Completed',
  properties: { total: 12 },
  timestamp: new Date(Date.now() - daysAgo * 86_400_000),
})

/** Opens a place of the inspector, such as `settings/domains`, for the test's account. */
const openPlace = (page: Page, account: Account, place: string) =>
  page.goto(`${new URL(account.endpoint).origin}/?app=${account.id}#/${place}`)

test('the settings generate, revoke and restore API keys', async ({ page, account }) => {
  await openPlace(page, account, 'messages')
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'App settings' }).getByText('Segment API keys').click()
  const settings = page.getByTestId('settings-page')
  await expect(settings).toContainText('App settings › Advanced')
  const keys = page.getByTestId('api-key')
  await expect(keys).toHaveCount(1)
  await expect(keys).toContainText(account.apiKey)

  await settings.getByRole('button', { name: 'Generate key' }).click()
  await expect(keys).toHaveCount(2)
  const generated = (await keys.first().getAttribute('data-key')) ?? ''
  expect(await send({ ...account, apiKey: generated }, { type: 'page' })).toBe(200)

  await page.getByRole('button', { name: `Revoke the key ${account.apiKey}` }).click()
  await expect(keys.last()).toContainText('Revoked')
  expect(await send(account, { type: 'page' })).toBe(403)
  expect(await send({ ...account, apiKey: generated }, { type: 'page' })).toBe(200)

  await page.reload()
  await expect(keys.last()).toContainText('Revoked')
  await page.getByRole('button', { name: `Restore the key ${account.apiKey}` }).click()
  await expect(keys.last()).toContainText('Active')
  expect(await send(account, { type: 'page' })).toBe(200)
})

test('the settings trust and untrust domains, and a refusal links to them', async ({ page, account }) => {
  await openPlace(page, account, 'settings/domains')
  await expect(page.getByText('messages from every domain are accepted')).toBeVisible()
  const domain = page.getByRole('textbox', { name: 'Domain' })
  await domain.fill('https://Shop.example:8080/bag')
  await domain.press('Enter')
  await expect(page.getByTestId('domain')).toContainText('shop.example')
  await expect(domain).toHaveValue('')
  await domain.fill('*.example')
  await page.getByRole('button', { name: 'Trust', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('host names')

  expect(await send(account, { type: 'page' }, { origin: 'https://www.shop.example' })).toBe(200)
  expect(await send(account, { type: 'page' }, { origin: 'https://evil.example' })).toBe(403)
  await page.getByTestId('nav-messages').click()
  await page.getByTestId('message-row').first().click()
  await expect(page.getByTestId('detail-answer')).toContainText('https://evil.example')
  await page.getByRole('link', { name: 'App settings > Advanced > Domains' }).click()

  await page.reload()
  await page.getByRole('button', { name: 'Untrust shop.example' }).click()
  await expect(page.getByTestId('domain')).toHaveCount(0)
  expect(await send(account, { type: 'page' }, { origin: 'https://evil.example' })).toBe(200)
})

test('the settings define attributes with a type, and show their usage', async ({ page, account }) => {
  const define = async (place: string, name: string, type: string) => {
    await page.getByTestId(`settings-${place}`).click()
    await page.getByRole('textbox', { name: 'Attribute name' }).fill(name)
    await page.getByRole('combobox', { name: 'Type' }).selectOption(type)
  }
  const attribute = (name: string) => page.locator(`[data-testid="attribute"][data-name="${name}"]`)
  const button = page.getByRole('button', { name: 'Define' })

  await openPlace(page, account, 'settings')
  await define('client-attributes', 'plan', 'fixed')
  await page.getByRole('textbox', { name: /Choices/ }).fill('free\npro')
  await button.click()
  await expect(attribute('plan')).toContainText('fixed free, pro')
  await expect(attribute('plan')).toContainText('not in use')
  await define('company-attributes', 'seats', 'integer')
  await button.click()
  await expect(attribute('seats')).toContainText('integer')
  await page.getByTestId('settings-events').click()
  await page.getByRole('textbox', { name: 'Event name' }).fill('Order Completed')
  await button.click()
  await expect(page.getByTestId('event-definition')).toContainText('Never occurred')
  await define('event-attributes', 'total', 'float')
  await page.getByRole('combobox', { name: 'Event' }).selectOption('Order Completed')
  await button.click()
  await expect(attribute('total')).toContainText('of Order Completed')

  await send(account, { type: 'identify', traits: { plan: 'gold', other: 1 } })
  await send(account, { type: 'identify', userId: 'bea', traits: { plan: 'pro' } })
  await send(account, order('ann'))
  await expect(attribute('total')).toContainText('in 1 of the newest 1')
  await page.getByTestId('settings-client-attributes').click()
  await expect(attribute('plan')).toContainText('1 of 2 profiles')
  await attribute('other').getByRole('button').click()
  await page.getByRole('combobox', { name: 'Type' }).selectOption('integer')
  await button.click()
  await expect(attribute('other').getByTestId('attribute-type')).toHaveText('integer')
  await page.reload()
  await expect(attribute('other').getByTestId('attribute-type')).toHaveText('integer')

  await page.getByTestId('nav-messages').click()
  await page.getByTestId('message-row').last().click()
  const changes = page.getByTestId('message-changes')
  await expect(changes).toContainText('Ignored plan = "gold": not one of free, pro')
  await expect(changes).toContainText('Defined the user attribute other with type string')
  await expect(changes).toContainText('Set other to "1"')
})

test('the fault panel makes the next messages fail, and the list shows it', async ({ page, account }) => {
  await openPlace(page, account, 'messages')
  await page.getByRole('link', { name: 'Make its next messages fail' }).click()
  const panel = page.getByTestId('faults')
  const pending = page.getByTestId('faults-pending')
  await expect(pending).toContainText('No fault is pending')
  await panel.getByRole('spinbutton', { name: 'How many' }).fill('2')
  await panel.getByRole('spinbutton', { name: 'Retry-After in seconds' }).fill('7')
  await panel.getByRole('button', { name: 'Add' }).click()
  await expect(pending).toContainText('2 messages: 503, Retry-After 7 s')
  await panel.getByRole('spinbutton', { name: 'How many' }).fill('1')
  for (const kind of ['cut the connection', 'apply, but lose the answer']) {
    await panel.getByRole('combobox', { name: 'What happens' }).selectOption(kind)
    await panel.getByRole('button', { name: 'Add' }).click()
  }
  await panel.getByRole('combobox', { name: 'What happens' }).selectOption('only delay')
  await panel.getByRole('spinbutton', { name: 'Delay in milliseconds' }).fill('300')
  await panel.getByRole('button', { name: 'Add' }).click()
  await expect(pending.getByRole('listitem')).toHaveCount(4)
  await page.reload()
  await expect(panel).toBeVisible()
  await expect(page.getByTestId('faults-button')).toHaveText('Faults (5)')

  expect(await send(account, { type: 'page' })).toBe(503)
  await expect(page.getByTestId('faults-button')).toHaveText('Faults (4)')
  await expect(pending).toContainText('One message: 503, Retry-After 7 s')
  expect(await send(account, { type: 'page' })).toBe(503)
  expect(await send(account, { type: 'page' })).toBe(0)
  expect(await send(account, { type: 'identify', traits: { plan: 'pro' } })).toBe(0)
  const before = Date.now()
  expect(await send(account, { type: 'page' })).toBe(200)
  expect(Date.now() - before).toBeGreaterThanOrEqual(300)
  await expect(page.getByTestId('message-status')).toHaveText(['200', 'no answer', 'cut', '503', '503'])
  await expect(pending).toContainText('No fault is pending')

  await page.getByTestId('message-row').nth(1).click()
  await expect(page.getByTestId('message-changes')).toContainText('Set plan to "pro"')
  await expect(panel).toBeVisible()
  await panel.getByRole('button', { name: 'Add' }).click()
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByTestId('faults-button')).toHaveText('Faults')
})

test('conditions filter the profiles by events and attributes, also after a reload', async ({
  page,
  account,
}) => {
  for (const [userId, plan] of Object.entries({ ann: 'pro', bea: 'free', cid: 'pro' }))
    await send(account, { type: 'identify', userId, traits: { plan, first_name: userId } })
  for (const userId of ['ann', 'ann', 'bea', 'bea', 'cid']) await send(account, order(userId))
  await send(account, order('cid', 20))

  await openPlace(page, account, 'profiles')
  const rows = page.getByTestId('profile-row')
  const count = page.getByTestId('profiles-count')
  await expect(count).toHaveText('3 profiles')
  await page.getByRole('combobox', { name: 'Event' }).selectOption('Order Completed')
  await page.getByRole('spinbutton', { name: 'At least how many times' }).fill('2')
  await expect(count).toHaveText('3 profiles')
  await page.getByRole('spinbutton', { name: 'In the last how many days' }).fill('7')
  await expect(count).toHaveText('2 of 3 profiles')
  await page.getByRole('combobox', { name: 'Attribute' }).selectOption('plan')
  await page.getByRole('textbox', { name: 'Value' }).fill('pro')
  await expect(count).toHaveText('1 of 3 profiles')
  await rows.click()
  await expect(page.getByTestId('profile-page')).toContainText('ann')

  await page.reload()
  await expect(count).toHaveText('1 of 3 profiles')
  await expect(rows).toHaveCount(1)
  await expect(page.getByRole('combobox', { name: 'Event' })).toHaveValue('Order Completed')
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveValue('pro')
  await send(account, order('cid'))
  await expect(count).toHaveText('2 of 3 profiles')

  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(count).toHaveText('3 profiles')
  await page.getByRole('searchbox', { name: 'Search profiles' }).fill('bea')
  await expect(count).toHaveText('1 of 3 profiles')
  await page.getByRole('searchbox', { name: 'Search profiles' }).fill('nobody')
  await expect(count).toHaveText('None of 3 profiles matches.')
})

test('a profile shows its activity over time, its companies and its timeline', async ({ page, account }) => {
  for (const daysAgo of [0, 0, 3, 10]) await send(account, order('ann', daysAgo))
  await send(account, { type: 'page', context: { page: { url: 'https://shop.example/', title: 'Home' } } })
  await send(account, { type: 'group', groupId: 'acme', traits: { name: 'Acme', employees: 12 } })
  await openPlace(page, account, 'profiles/ann')
  const chart = page.getByTestId('activity-chart')
  await expect(chart).toContainText('4 events')
  await expect(chart).toContainText('1 page view')
  await expect(chart.getByRole('img')).toHaveAccessibleName(/per day: 4 events and 1 page views/)
  // The last bar is today's.
  const bars = chart.locator('.u-over')
  const { width = 0, height = 0 } = (await bars.boundingBox()) ?? {}
  expect(width).toBeGreaterThan(300)
  await bars.hover({ position: { x: width - 10, y: height - 5 } })
  await expect(chart).toContainText('2 events1 page view')
  await bars.hover({ position: { x: 10, y: height - 5 } })
  await expect(chart).toContainText('0 events0 page views')
  await page.mouse.move(0, 0)
  await expect(chart).toContainText('4 events1 page viewper day')
  await expect(page.getByTestId('timeline-entry')).toHaveCount(5)
  await page.getByTestId('timeline-entry').filter({ hasText: 'Order Completed' }).first().click()
  await expect(page.getByTestId('timeline').getByText('"total": "12"').first()).toBeVisible()
  await page.getByTestId('profile-company').getByRole('link', { name: 'Acme' }).click()
  await expect(page.getByTestId('company-member')).toContainText('ann')
})

test('the keyboard alone can do everything', async ({ page, account }) => {
  for (const userId of ['ann', 'bea', 'cid']) await send(account, { type: 'page', userId })
  await openPlace(page, account, 'settings')
  const menu = page.getByRole('navigation', { name: 'App settings' })
  await menu.getByRole('link', { name: 'Segment API keys' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('settings-page')).toContainText('Domains')
  await page.getByRole('textbox', { name: 'Domain' }).focus()
  await page.keyboard.type('shop.example')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('domain')).toContainText('shop.example')

  await page.getByTestId('nav-messages').press('Enter')
  await page.getByTestId('message-row').first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('message-detail')).toContainText('cid')
  await page.keyboard.press('End')
  await expect(page.getByTestId('message-detail')).toContainText('ann')
  await page.keyboard.press('Escape')
  await page.getByTestId('faults-button').press('Enter')
  await page.getByTestId('faults').getByRole('spinbutton', { name: 'How many' }).press('Enter')
  await expect(page.getByTestId('faults-button')).toHaveText('Faults (1)')
})

test('every page shows hostile names as text', async ({ page, account }) => {
  const properties = { [hostile]: hostile }
  const context = { page: { url: `javascript:alert(1)//${hostile}`, title: hostile } }
  await send(account, { type: 'identify', userId: hostile, traits: { ...properties, first_name: hostile } })
  await send(account, { type: 'track', userId: hostile, event: hostile, properties })
  await send(account, { type: 'page', userId: hostile, context })
  await send(account, { type: 'group', userId: hostile, groupId: hostile, traits: properties })
  await account.answersWith({ status: 503 })
  const one = encodeURIComponent(hostile)
  for (const place of [
    'messages',
    `profiles/${one}?event=${one}&attribute=${one}&value=${one}`,
    'events',
    `companies/${one}`,
    'settings/client-attributes',
    'settings/events',
    'settings/event-attributes',
    'settings/company-attributes',
  ]) {
    await openPlace(page, account, place)
    await page.reload()
    await expect(page.locator('#main').getByText(hostile).filter({ visible: true }).first()).toBeVisible()
    await expect(page.locator('img[src="x"]')).toHaveCount(0)
    await expect(page.locator('a[href^="javascript"]')).toHaveCount(0)
  }
})

for (const width of [390, 1280]) {
  test(`at a width of ${width} nothing is cut off, and an empty app says how to connect a site`, async ({
    page,
    account,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    const places = ['messages?faults=open', 'profiles', 'events', 'companies', 'settings/segment-api-keys']
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
    for (const place of places) {
      await openPlace(page, account, place)
      await page.reload()
      expect(await fits(), place).toBe(true)
    }
    await expect(page.getByText('App:', { exact: true })).toBeVisible()
    await openPlace(page, account, 'profiles')
    await expect(page.getByTestId('profiles-view').getByTestId('connect')).toContainText('No profiles yet')

    await send(account, { type: 'identify', traits: { plan: 'x'.repeat(300) } })
    await send(account, { type: 'group', groupId: 'a'.repeat(300) })
    await expect(page.getByTestId('profile-row')).toBeVisible()
    for (const place of [...places, 'profiles/ann', `companies/${'a'.repeat(300)}`, 'settings/domains']) {
      await openPlace(page, account, place)
      await page.reload()
      await expect(
        page.locator('#main').locator('article, li, .connect').filter({ visible: true }).first(),
      ).toBeVisible()
      expect(await fits(), place).toBe(true)
    }
  })
}

test('a button loads older messages in parts', async ({ page, account }) => {
  test.slow()
  const send20 = (from: number) =>
    Promise.all(
      Array.from({ length: 20 }, (_, index) => send(account, { type: 'track', event: `e${from + index}` })),
    )
  for (let from = 0; from < 620; from += 20) await send20(from)
  await openPlace(page, account, 'messages')
  const rows = page.getByTestId('message-row')
  await expect(rows).toHaveCount(500)
  await page.getByRole('button', { name: 'Show older messages' }).click()
  await expect(rows).toHaveCount(620)
  await expect(page.getByRole('button', { name: 'Show older messages' })).toBeHidden()
})
