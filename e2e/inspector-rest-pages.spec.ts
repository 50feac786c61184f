import { expect, test } from './support/fixtures.ts'
import { openPlace, rest, send } from './support/inspector.ts'

test('profiles and companies tell which way each value came', async ({ page, account }) => {
  await send(account, {
    type: 'identify',
    traits: { email: 'ann@example.com', first_name: 'Ann', plan: 'pro' },
  })
  await send(account, { type: 'group', groupId: 'acme', traits: { name: 'Acme', seats: 3 } })
  await rest(account, 'POST', 'users/update_or_create/', {
    custom_id: 'ann',
    first_name: 'Anna',
    tags: ['vip'],
  })
  await rest(account, 'PUT', 'companies-by-id/acme/', { website: 'https://acme.example' })
  const source = (field: string) => page.locator(`[data-field="${field}"]`).getByTestId('field-source')

  await openPlace(page, account, 'profiles/ann')
  await expect(source('email')).toHaveText('Segment')
  await expect(source('plan')).toHaveText('Segment')
  await expect(source('first_name')).toHaveText('REST')
  await expect(source('custom_id')).toHaveCount(0)
  await expect(page.locator('[data-testid="profile-rest"][data-field="tags"]')).toHaveText('vip')
  await send(account, { type: 'identify', traits: { first_name: 'Ann' } })
  await expect(source('first_name')).toHaveText('Segment')

  await openPlace(page, account, 'companies/acme')
  await expect(source('name')).toHaveText('Segment')
  await expect(source('website')).toHaveText('REST')
})

test('products have a list and pages, and their events stand on the timeline of the user', async ({
  page,
  account,
}) => {
  await openPlace(page, account, 'products')
  await expect(page.getByTestId('products-view').getByTestId('connect')).toContainText('No products yet')
  await send(account, { type: 'track', event: 'Order Completed' })
  await rest(account, 'POST', 'products/', { custom_id: 'sku-1', name: 'Blue teapot', price: 20 })
  await rest(account, 'POST', 'products/', { name: 'Without an id' })
  const rows = page.getByTestId('product-row')
  await expect(rows).toHaveText([/Without an id.*0 events/, /Blue teapot.*sku-1.*0 events/])
  const event = (event_type: string, data: object) =>
    rest(account, 'POST', 'products-by-id/sku-1/product_event/', { user_custom_id: 'ann', event_type, data })
  expect(await event('view', {})).toBe(201)
  expect(await event('purchase', { price: 18, custom_data: { quantity: 2 } })).toBe(201)
  await expect(rows.first()).toContainText('2 events')

  await page.getByRole('searchbox', { name: 'Search products' }).fill('teapot')
  await expect(page.getByTestId('products-count')).toHaveText('1 of 2 products')
  await rows.click()
  const product = page.getByTestId('product-page')
  await expect(product.locator('[data-field="price"]')).toHaveText('18')
  await expect(page.getByTestId('product-event')).toHaveText([/purchase.*ann.*"quantity":2/, /view.*ann/])
  await page.getByTestId('product-event').first().getByRole('link', { name: 'ann' }).click()

  const chart = page.getByTestId('activity-chart')
  await expect(chart).toContainText('1 event0 page views2 product events')
  await expect(chart.getByRole('img')).toHaveAccessibleName(/1 events and 0 page views and 2 product events/)
  const purchase = page.locator('[data-testid="timeline-entry"][data-type="product"]').first()
  await expect(purchase).toContainText('purchase')
  await purchase.locator('summary').press('Enter')
  await expect(purchase.locator('pre')).toContainText('"quantity": 2')
  await purchase.getByRole('link', { name: 'Blue teapot' }).click()
  await expect(product).toContainText('Blue teapot')

  await page.getByTestId('nav-messages').click()
  await page.getByTestId('request-row').first().click()
  const changes = page.getByTestId('message-changes')
  await expect(changes).toContainText('Recorded the product event purchase of sku-1')
  await expect(changes).toContainText('Changed price of the product from 20 to 18')
  await changes.getByRole('link', { name: 'sku-1' }).first().click()
  await expect(product).toContainText('Blue teapot')
})

test('a product without an id of the customer has a page too', async ({ page, account }) => {
  await rest(account, 'POST', 'products/', { name: ['not', 'a text'] })
  await openPlace(page, account, 'products')
  await page.getByTestId('product-row').click()
  await expect(page.getByTestId('product-page').getByRole('heading', { level: 2 })).toHaveText(
    '["not","a text"]',
  )
})
