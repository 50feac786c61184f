import { expect, test } from './support/fixtures.ts'
import { openPlace, rest, send } from './support/inspector.ts'

const user = (fields: object) => ({ custom_id: 'ann', ...fields })

test('a REST request appears beside the messages while the page is open, with what it changed', async ({
  page,
  account,
}) => {
  await send(account, { type: 'identify', traits: { first_name: 'Ann' } })
  await openPlace(page, account, 'messages')
  await expect(page.getByTestId('message-row')).toHaveCount(1)
  await expect(page.getByTestId('connection')).toHaveText('Live')
  expect(await rest(account, 'POST', 'users/update_or_create/', user({ city: 'Oslo', tags: ['vip'] }))).toBe(
    200,
  )
  const row = page.getByTestId('request-row')
  await expect(row).toContainText('POST')
  await expect(row.getByTestId('request-path')).toHaveText('users/update_or_create/')
  await expect(row.getByTestId('request-who')).toHaveText('ann')
  await expect(row.getByTestId('request-status')).toHaveText('200')
  expect(await send(account, { type: 'page' })).toBe(200)
  await expect(page.locator('.message-row .type')).toHaveText(['page', 'POST', 'identify'])

  await row.click()
  const detail = page.getByTestId('request-detail')
  await expect(detail.getByRole('heading', { level: 2 })).toHaveText('/api/public/users/update_or_create/')
  await expect(page.getByTestId('message-changes')).toContainText('Set city to "Oslo"')
  await expect(page.getByTestId('message-changes')).toContainText('Added the user tag vip')
  await expect(page.getByTestId('message-body')).toContainText('"city": "Oslo"')
  await expect(page.getByTestId('message-answer')).toContainText('"created": false')
  await expect(page.getByTestId('message-headers')).toContainText('Token ***')
  await expect(detail).not.toContainText(account.token)
  await page.reload()
  await expect(detail).toContainText('200 Answered')
  await row.focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByTestId('message-detail')).toContainText('Set first_name to "Ann"')
})

test('refused requests say why, and the filter finds requests by kind, path and body', async ({
  page,
  account,
}) => {
  await send(account, { type: 'page' })
  await rest(account, 'POST', 'users/update_or_create/', user({ gender: 'female' }))
  await rest(account, 'GET', 'users-by-id/nobody/')
  await rest(account, 'GET', 'users')
  await rest(account, 'GET', 'users-by-id/ann/')
  await openPlace(page, account, 'messages')
  const statuses = page.getByTestId('request-status')
  await expect(statuses).toHaveText(['200', '301', '404', '400'])
  const filter = page.getByRole('group', { name: 'Filter by type' })
  await filter.getByText('failed').click()
  await expect(statuses).toHaveText(['301', '404', '400'])
  await expect(page.getByTestId('message-row')).toHaveCount(0)
  await filter.getByText('REST').click()
  await expect(page.getByTestId('request-row')).toHaveCount(4)
  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('female')
  await expect(statuses).toHaveText(['400'])
  await page.getByTestId('request-row').click()
  await expect(page.getByTestId('message-answer')).toContainText('is not a valid choice')
  await expect(page.getByTestId('message-changes')).toHaveText('Nothing. The request was refused.')
  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('users-by-id/nobody')
  await expect(statuses).toHaveText(['404'])
  await filter.getByText('page').click()
  await expect(page.getByText('No message matches the filter.')).toBeVisible()
})

test('a pause holds back messages and requests alike', async ({ page, account }) => {
  await rest(account, 'POST', 'users/update_or_create/', user({}))
  await openPlace(page, account, 'messages')
  const rows = page.locator('.message-row')
  await expect(rows).toHaveCount(1)
  await expect(page.getByTestId('connection')).toHaveText('Live')
  await page.getByRole('button', { name: 'Pause' }).click()
  await rest(account, 'GET', 'users-by-id/ann/')
  await send(account, { type: 'page' })
  await expect(page.getByRole('button', { name: 'Resume (2 new)' })).toBeVisible()
  await expect(rows).toHaveCount(1)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(rows).toHaveCount(3)
})

test('older requests and messages load without a gap, and a link opens one that the page does not have', async ({
  page,
  account,
}) => {
  test.slow()
  for (const event of ['first', 'second']) await send(account, { type: 'track', event })
  for (let sent = 0; sent < 520; sent += 20) {
    await Promise.all(Array.from({ length: 20 }, () => rest(account, 'GET', 'users-by-id/ann/')))
  }
  await send(account, { type: 'track', event: 'last' })
  const [oldest] = await account.restRequests()
  await openPlace(page, account, `messages/rest-${oldest?.id}`)
  await expect(page.getByTestId('request-detail')).toContainText('/api/public/users-by-id/ann/')
  await page.getByRole('group', { name: 'Filter by type' }).getByText('track').click()
  const names = page.getByTestId('message-name')
  await expect(names).toHaveText(['last'])
  await page.getByRole('button', { name: 'Show older messages' }).click()
  await expect(names).toHaveText(['last', 'second', 'first'])
  await expect(page.getByRole('button', { name: 'Show older messages' })).toBeHidden()
  await page.getByRole('group', { name: 'Filter by type' }).getByText('all').click()
  await expect(page.locator('.message-row')).toHaveCount(523)
})

test('the fault panel makes REST requests to a path fail, and no message', async ({ page, account }) => {
  await openPlace(page, account, 'messages?faults=open')
  const panel = page.getByTestId('faults')
  const pending = page.getByTestId('faults-pending')
  const path = panel.getByRole('textbox', { name: 'Path below /api/public/' })
  await expect(path).toBeHidden()
  await panel.getByRole('combobox', { name: 'What fails' }).selectOption('REST requests')
  await path.fill('/users/')
  await panel.getByRole('button', { name: 'Add' }).click()
  await expect(panel.getByRole('alert')).toContainText('"path" of a fault must be what follows /api/public/')
  await path.fill('/api/public/users/')
  await panel.getByRole('spinbutton', { name: 'Status', exact: true }).fill('429')
  await panel.getByRole('spinbutton', { name: 'How many' }).fill('2')
  await panel.getByRole('button', { name: 'Add' }).click()
  await expect(pending).toContainText('2 REST requests to users/: 429')
  await path.fill('')
  await panel.getByRole('spinbutton', { name: 'How many' }).fill('1')
  await panel.getByRole('combobox', { name: 'What happens' }).selectOption('apply, but lose the answer')
  await expect(panel.getByRole('spinbutton', { name: 'Status', exact: true })).toBeHidden()
  await panel.getByRole('button', { name: 'Add' }).click()
  await expect(pending.getByRole('listitem')).toHaveCount(2)

  expect(await send(account, { type: 'page' })).toBe(200)
  expect(await rest(account, 'POST', 'users/update_or_create/', user({}))).toBe(429)
  await expect(page.getByTestId('faults-button')).toHaveText('Faults (2)')
  expect(await rest(account, 'POST', 'products/', { custom_id: 'sku' })).toBe(0)
  await expect(page.getByTestId('request-status')).toHaveText(['no answer', '429'])
  await expect(pending.getByRole('listitem')).toHaveText(['One REST request to users/: 429'])
  await page.getByTestId('request-row').first().click()
  await expect(page.getByTestId('request-detail')).toContainText('None: the connection was cut.')
  await expect(page.getByTestId('message-changes')).toContainText('Created the product sku')
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(pending).toContainText('No fault is pending')
  expect(await rest(account, 'POST', 'users/update_or_create/', user({}))).toBe(200)
})
