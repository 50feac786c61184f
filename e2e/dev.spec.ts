import { fileURLToPath } from 'node:url'
import { createApp } from '../sandbox/app.ts'
import { openStore } from '../sandbox/database/store.ts'
import { reloadingDemo } from '../scripts/dev/reloading-demo.ts'
import { expect, test } from './support/fixtures.ts'
import { listen } from './support/sandbox.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

test('in development every build reloads the demo shop, and no other page', async ({ page, context }) => {
  const { app, reload } = reloadingDemo(createApp(openStore(':memory:'), root))
  const sandbox = await listen(app.fetch as Parameters<typeof listen>[0])
  const inspector = await context.newPage()
  await inspector.goto(`${sandbox.origin}/`)
  await inspector.evaluate(() => document.body.classList.add('as-it-was'))

  const listening = page.waitForResponse(`${sandbox.origin}/dev/builds`)
  await page.goto(`${sandbox.origin}/demo/`)
  await listening
  for (const build of ['first', 'second']) {
    await test.step(`the ${build} build`, async () => {
      await page.evaluate(() => document.body.classList.add('as-it-was'))
      const listeningAgain = page.waitForResponse(`${sandbox.origin}/dev/builds`)
      reload()
      await listeningAgain
      await expect(page.locator('body')).not.toHaveClass('as-it-was')
      await expect(page.getByRole('heading', { name: 'What just happened' })).toBeVisible()
    })
  }
  await expect(inspector.locator('body')).toHaveClass('as-it-was')
  sandbox.close()
})

test('the demo shop of the sandbox itself does not know of development', async ({ request, sandbox }) => {
  const shop = await request.get(`${sandbox.origin}/demo/`)
  expect(shop.ok()).toBe(true)
  expect(await shop.text()).not.toContain('/dev/')
  expect((await request.get(`${sandbox.origin}/dev/reload.js`)).status()).toBe(404)
})
