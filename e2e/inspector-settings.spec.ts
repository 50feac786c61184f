import { expect, test } from './support/fixtures.ts'
import { openPlace, order, rest, send } from './support/inspector.ts'

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

test('the settings generate REST tokens that may only read, only write, or both', async ({
  page,
  account,
}) => {
  await openPlace(page, account, 'settings')
  await page.getByTestId('settings-public-api').click()
  const tokens = page.getByTestId('rest-token')
  await expect(tokens).toContainText(account.token)
  for (const [scope, reading, writing] of [
    ['only reads', 200, 403],
    ['only writes', 403, 200],
  ] as const) {
    await page.getByRole('combobox', { name: 'What it may do' }).selectOption(scope)
    const before = await tokens.count()
    await page.getByRole('button', { name: 'Generate token' }).click()
    await expect(tokens).toHaveCount(before + 1)
    await expect(tokens.first()).toContainText(scope)
    const token = (await tokens.first().getAttribute('data-token')) ?? ''
    await rest(account, 'POST', 'users/update_or_create/', { custom_id: 'ann' })
    expect(await rest({ ...account, token }, 'GET', 'users-by-id/ann/')).toBe(reading)
    expect(await rest({ ...account, token }, 'POST', 'users/update_or_create/', { custom_id: 'ann' })).toBe(
      writing,
    )
  }
})

test('the settings switch what the REST API does where nobody knows UserEngage', async ({
  page,
  account,
}) => {
  const write = (fields: object) =>
    rest(account, 'POST', 'users/update_or_create/', { custom_id: 'ann', ...fields })
  await write({})
  await openPlace(page, account, 'settings/rest-switches')
  const menu = (name: string) =>
    page.locator(`[data-testid="rest-switch"][data-name="${name}"]`).getByRole('combobox')
  const choose = async (name: string, value: string) => {
    await menu(name).selectOption(value)
    await expect(page.getByRole('status').filter({ hasText: ' is ' })).toHaveText(`${name} is ${value}.`)
  }
  await expect(page.getByRole('combobox', { name: 'A phone number' })).toHaveValue('any')
  expect(await write({ phone_number: 'none' })).toBe(200)
  await choose('phone', 'e164')
  expect(await write({ phone_number: 'none' })).toBe(400)
  expect(await rest(account, 'POST', 'users/', { custom_id: 'ann' })).toBe(400)
  await choose('customIdTaken', '409')
  expect(await rest(account, 'POST', 'users/', { custom_id: 'ann' })).toBe(409)
  await choose('siteViews', 'off')
  expect(await rest(account, 'POST', 'site-views/', {})).toBe(404)
  await choose('deleteCompany', 'off')
  expect(await rest(account, 'POST', 'companies/', { custom_id: 'acme', name: 'Acme' })).toBe(201)
  expect(await rest(account, 'DELETE', 'companies-by-id/acme/')).toBe(405)
  await choose('nullField', 'refuse')
  expect(await write({ city: null })).toBe(400)
  await choose('undefinedAttributes', 'refuse')
  expect(await write({ unheard: 'of' })).toBe(400)
  await page.reload()
  await expect(menu('customIdTaken')).toHaveValue('409')
  await expect(menu('undefinedAttributes')).toHaveValue('refuse')
  await choose('phone', 'any')
  expect(await write({ phone_number: 'none' })).toBe(200)

  await page.route('**/rest', (route) => route.abort())
  await menu('phone').selectOption('e164')
  await expect(page.getByTestId('settings-page').getByRole('alert')).toHaveText(
    'The sandbox does not answer.',
  )
  await expect(menu('phone')).toHaveValue('any')
})
