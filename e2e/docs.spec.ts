import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from './support/fixtures.ts'
import { snippets } from './support/snippet.ts'

/** The pages of the documentation, with the script tags that they show. */
const shown = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)]
  // Its tag loads only when the visitor agrees: `consent-pattern.spec.ts` runs it.
  .filter((path) => path.endsWith('.md') && path !== 'docs/consent.md')
  .flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^```html\n(.*?)^```$/gms)].map(([, html = ''], index) => ({
      name: `${path}, block ${index + 1}`,
      html,
    })),
  )

test('the documentation shows script tags', () => {
  expect(shown.length).toBeGreaterThanOrEqual(4)
})

for (const { name, html } of shown) {
  test(`the script tag of ${name} registers the plugin, and a call arrives`, async ({
    page,
    site,
    account,
  }) => {
    // The reader's key, endpoint and folder in place of those that the page shows.
    const own = html
      .replaceAll('http://localhost:4400/api/segment/', account.endpoint)
      .replaceAll('data-api-key="demo"', `data-api-key="${account.apiKey}"`)
      .replaceAll('src="/userengage', 'src="/dist/userengage')
    expect(own).toContain(account.apiKey)
    const segment = html.includes('userengage-analytics') ? '' : snippets['5.2.1'](site.origin)
    await page.goto(site.put(own + segment))
    await page.evaluate(() => void window.analytics.track('Read'))
    await expect.poll(() => account.events()).toContain('Read')
  })
}
