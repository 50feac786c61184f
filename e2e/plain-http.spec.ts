import { expect, test } from './support/fixtures.ts'
import { scriptTag } from './support/site.ts'

test('on plain http, without Client Hints and crypto.randomUUID, a call arrives complete', async ({
  page,
  site,
  account,
}) => {
  await page.goto(
    site.put(scriptTag('userengage-analytics.min.js', account)).replace('localhost', 'shop.test'),
  )
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  await page.evaluate(() => void window.analytics.identify('ada', { name: 'Ada Lovelace' }))
  await expect.poll(account.events).toEqual(['identify'])
  expect(await account.profile('ada')).toMatchObject({
    first_name: 'Ada',
    os: 'Linux',
    device_type: 'desktop',
    resolution: '1280x720',
    browser_family: expect.stringMatching(/^Chrom/),
  })
})
