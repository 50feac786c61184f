import { readFileSync } from 'node:fs'
import { expect, test } from './support/fixtures.ts'
import type { Account, ReceivedMessage } from './support/sandbox.ts'
import { type Site, scriptTag } from './support/site.ts'
import { snippets } from './support/snippet.ts'

const integrity: Record<string, string> = JSON.parse(
  readFileSync(new URL('../dist/integrity.json', import.meta.url), 'utf8'),
)
const checked = (file: string) => `integrity="${integrity[file]}" crossorigin`

/** Only the sources that the README names: no `unsafe-inline`, no `unsafe-eval`. */
const policy = (site: Site, account: Account, more = '') => ({
  'content-security-policy': [
    "default-src 'none'",
    'img-src data:',
    `script-src ${site.cdn} ${more}`,
    `connect-src ${new URL(account.endpoint).origin} ${more && site.origin}`,
  ].join('; '),
})

test('the all-in-one file works from a CDN, under a strict CSP and with SRI', async ({
  page,
  site,
  account,
}) => {
  const file = 'userengage-analytics.min.js'
  await page.goto(site.put(scriptTag(file, account, checked(file), site.cdn), policy(site, account)))
  await page.evaluate(() => void window.analytics.identify('ada', { name: 'Ada Lovelace' }))
  await expect.poll(account.events).toEqual(['identify'])
})

test('userengage.min.js works from a CDN, under a strict CSP and with SRI', async ({
  page,
  site,
  account,
}) => {
  const file = 'userengage.min.js'
  const snippet = snippets['5.2.1'](site.origin).replace('<script>', '<script nonce="n1">')
  const headers = policy(site, account, `'nonce-n1' ${site.origin}`)
  await page.goto(site.put(scriptTag(file, account, checked(file), site.cdn) + snippet, headers))
  await page.evaluate(() => void window.analytics.track('Product Viewed'))
  await expect.poll(async () => (await account.events()).sort()).toEqual(['Product Viewed', 'page'])
})

test('the strict CSP refuses an inline script', async ({ page, site, account, errors }) => {
  await page.goto(site.put('<script>window.ran = true</script>', policy(site, account)))
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  await expect.poll(() => errors.splice(0).join()).toMatch(/Content Security Policy/)
})

test('a file whose SRI hash differs does not run', async ({ page, site, account, errors }) => {
  const other = checked('userengage.min.js')
  await page.goto(site.put(scriptTag('userengage-analytics.min.js', account, other, site.cdn)))
  expect(await page.evaluate(() => window.analytics)).toBeUndefined()
  expect(errors.splice(0).join()).toMatch(/integrity/)
})

for (const crossorigin of ['', 'crossorigin']) {
  test(`a script from a CDN ${crossorigin} loads the parser from there`, async ({ page, site, account }) => {
    // On plain http there are no Client Hints, so that browser and system come from the parser.
    const file = 'userengage-analytics.min.js'
    const url = site.put(scriptTag(file, account, crossorigin, site.cdn), policy(site, account))
    await page.goto(url.replace('localhost', 'shop.test'))
    await page.evaluate(() => void window.analytics.identify('ada'))
    await expect.poll(account.events).toEqual(['identify'])
    expect(await account.profile('ada')).toMatchObject({ os: 'Linux', device_type: 'desktop' })
  })
}

test('a CDN without CORS costs browser and device where the parser is needed, and nothing else', async ({
  page,
  site,
  account,
  errors,
}) => {
  const tag = scriptTag('userengage-analytics.min.js', account, '', `${site.cdn}/without-cors`)
  // A page on plain http has no Client Hints, as in Firefox and Safari.
  await page.goto(site.put(tag).replace('localhost', 'shop.test'))
  await page.evaluate(() => void window.analytics.track('Read'))
  await expect.poll(account.events).toEqual(['Read'])
  const [{ body }] = (await account.messages()) as [ReceivedMessage]
  expect(body.context).toMatchObject({ locale: 'en-US', userAgent: expect.any(String) })
  expect([body.context.browser, body.context.device]).toEqual([undefined, undefined])
  expect(errors.splice(0).join()).toMatch(/CORS policy/)
})
