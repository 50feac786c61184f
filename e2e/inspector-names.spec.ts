import { expect, test } from './support/fixtures.ts'
import { openPlace, rest, send } from './support/inspector.ts'

const hostile = '<img src=x onerror=alert(1)>'

test('every page shows hostile names as text', async ({ page, account }) => {
  const properties = { [hostile]: hostile }
  const context = { page: { url: `javascript:alert(1)//${hostile}`, title: hostile } }
  await send(account, { type: 'identify', userId: hostile, traits: { ...properties, first_name: hostile } })
  await send(account, { type: 'track', userId: hostile, event: hostile, properties })
  await send(account, { type: 'page', userId: hostile, context })
  await send(account, { type: 'group', userId: hostile, groupId: hostile, traits: properties })
  await rest(account, 'POST', 'users/update_or_create/', {
    custom_id: hostile,
    tags: [hostile],
    city: hostile,
  })
  await rest(account, 'POST', 'products/', {
    custom_id: hostile,
    name: { [hostile]: hostile },
    ...properties,
  })
  const event = { event_type: 'view', user_custom_id: hostile, data: { custom_data: properties } }
  await rest(account, 'POST', `products-by-id/${encodeURIComponent(hostile)}/product_event/`, event)
  await account.answersWith({ status: 503 })
  const [, , request] = await account.restRequests()
  const one = encodeURIComponent(hostile)
  for (const place of [
    'messages',
    `profiles/${one}?event=${one}&attribute=${one}&value=${one}`,
    'events',
    `companies/${one}`,
    `products/${one}`,
    `messages/rest-${request?.id}`,
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
    const places = [
      'messages?faults=open',
      'profiles',
      'events',
      'companies',
      'products',
      'settings/segment-api-keys',
    ]
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
    for (const place of places) {
      await openPlace(page, account, place)
      await page.reload()
      expect(await fits(), place).toBe(true)
    }
    const label = page.getByText('App:', { exact: true })
    await expect(label).toBeVisible()
    expect(await label.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true)
    await openPlace(page, account, 'profiles')
    await expect(page.getByTestId('profiles-view').getByTestId('connect')).toContainText('No profiles yet')

    await send(account, { type: 'identify', traits: { plan: 'x'.repeat(300) } })
    await send(account, { type: 'group', groupId: 'a'.repeat(300) })
    await rest(account, 'POST', 'products/', { custom_id: 'p'.repeat(255), name: 'n'.repeat(300) })
    const sku = {
      event_type: 'checkout option',
      user_custom_id: 'ann',
      data: { custom_data: { a: 'x'.repeat(300) } },
    }
    await rest(account, 'POST', `products-by-id/${'p'.repeat(255)}/product_event/`, sku)
    const [, request] = await account.restRequests()
    await expect(page.getByTestId('profile-row')).toBeVisible()
    for (const place of [
      ...places,
      'profiles/ann',
      `companies/${'a'.repeat(300)}`,
      `products/${'p'.repeat(255)}`,
      `messages/rest-${request?.id}`,
      'settings/domains',
      'settings/public-api',
      'settings/rest-switches',
    ]) {
      await openPlace(page, account, place)
      await page.reload()
      await expect(
        page.locator('#main').locator('article, li, .connect').filter({ visible: true }).first(),
      ).toBeVisible()
      expect(await fits(), place).toBe(true)
    }
  })
}
