import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from './support/fixtures.ts'
import type { Account } from './support/sandbox.ts'
import type { Site } from './support/site.ts'
import { snippets } from './support/snippet.ts'

const hashes = JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Record<string, string>

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
    const own = ofReader(html, site, account)
    const segment = html.includes('userengage-analytics') ? '' : snippets['5.2.1'](site.origin)
    await page.goto(site.put(own + segment))
    await page.evaluate(() => void window.analytics.track('Read'))
    await expect.poll(() => account.events()).toContain('Read')
  })
}

/**
 * The reader's key, endpoint, folder and CDN in place of those that a page shows, and the hashes of this build in place of
 * those of the release.
 */
function ofReader(html: string, site: Site, account: Account): string {
  const own = html
    .replaceAll('http://localhost:4400/api/segment/', account.endpoint)
    .replaceAll(/(data-api-key(?:=|', )["'])demo/g, `$1${account.apiKey}`)
    .replaceAll('src="/userengage', 'src="/dist/userengage')
    .replaceAll(
      /https:\/\/cdn\.jsdelivr\.net\/npm\/userengage-analytics-next@[^/]+(\/dist\/([\w.-]+\.js).*?integrity ?= ?["'])[^"']*/gs,
      (_, between, file) => `${site.cdn}${between}${hashes[file]}`,
    )
  expect(own).toContain(account.apiKey)
  expect(own).not.toContain('jsdelivr')
  return own
}

test('the custom HTML tag of Google Tag Manager counts the page, also as GTM injects it', async ({
  page,
  site,
  account,
}) => {
  const { html = '' } = shown.find((block) => block.html.includes('createElement')) ?? {}
  const tag = ofReader(html, site, account)
  await page.goto(site.put('<h1>A shop</h1>'))
  await page.evaluate(injectAsTagManager, tag)
  await page.evaluate(() => void window.analytics.push?.(['track', 'Pushed']))
  await expect.poll(() => account.events()).toEqual(['page', 'Pushed'])
})

/** GTM makes each script anew, with its `src`, `id` and text: any other attribute is lost. This function runs in the page. */
function injectAsTagManager(html: string): void {
  for (const { src, id, text } of new DOMParser().parseFromString(html, 'text/html').scripts) {
    const script = document.createElement('script')
    Object.assign(script, { async: false, id, text, ...(src && { src }) })
    document.body.append(script)
  }
}
