import { expect, test } from './support/fixtures.ts'
import { openAccount } from './support/sandbox.ts'
import { scriptTag } from './support/site.ts'
import { snippets } from './support/snippet.ts'

const beside = 'userengage.min.js'
const allInOne = 'userengage-analytics.min.js'

for (const [first, second] of [
  [beside, beside],
  [allInOne, allInOne],
  [allInOne, beside],
] as const) {
  test(`${first} and ${second} for one account deliver once`, async ({ page, site, account }) => {
    const warnings: string[] = []
    page.on('console', (line) => line.type() === 'warning' && warnings.push(line.text()))
    const start = first === beside ? snippets['5.2.1'](site.origin) : ''
    await page.goto(site.put(scriptTag(first, account) + start + scriptTag(second, account, 'defer')))
    await page.evaluate(async () => {
      await window.analytics.track('Product Viewed')
      await window.analytics.track('Last')
    })
    await expect.poll(account.events).toContain('Last')
    await page.evaluate(() => window.UserEngageDestination?.instance?.flush())
    const events = (await account.messages()).map(({ body }) => body.event)
    expect(events.filter((event) => event !== undefined)).toEqual(['Product Viewed', 'Last'])
    expect(warnings).toEqual([expect.stringMatching(/is on this page twice.*Remove one/)])
  })
}

test('two tags for two accounts deliver to both', async ({ page, site, account, sandbox }) => {
  const other = await openAccount(sandbox.origin)
  await page.goto(site.put(scriptTag(allInOne, account) + scriptTag(beside, other)))
  await page.evaluate(() => void window.analytics.track('Product Viewed'))
  await expect.poll(account.events).toEqual(['Product Viewed'])
  await expect.poll(other.events).toEqual(['Product Viewed'])
})
