import type { Page } from '@playwright/test'
import { passTimeUntil, sendingTimes, stopClock } from './support/clock.ts'
import { expect, test } from './support/fixtures.ts'
import { scriptTag } from './support/site.ts'

const windows11 = {
  brands: [
    { brand: 'Not)A;Brand', version: '99' },
    { brand: 'Google Chrome', version: '140' },
    { brand: 'Chromium', version: '140' },
  ],
  mobile: false,
  platform: 'Windows',
  platformVersion: '15.0.0',
  fullVersionList: [
    { brand: 'Not)A;Brand', version: '99.0.0.0' },
    { brand: 'Google Chrome', version: '140.0.7339.81' },
    { brand: 'Chromium', version: '140.0.7339.81' },
  ],
  model: '',
}
const pixel = { ...windows11, mobile: true, platform: 'Android', platformVersion: '15.0.0', model: 'Pixel 9' }

/** Gives the page a browser's Client Hints; `null`: none, as in Firefox and Safari. */
const pretend = (
  page: Page,
  hints: typeof pixel | null,
  behaviour: 'answers' | 'never answers' = 'answers',
) =>
  page.addInitScript(
    ([given, how]) => {
      const { brands, mobile, platform } = given ?? {}
      const getHighEntropyValues = (names: string[]) => {
        const asked = Object.entries(given ?? {}).filter(([name]) => names.includes(name))
        const values = { brands, mobile, platform, ...Object.fromEntries(asked) }
        return how === 'answers' ? Promise.resolve(values) : new Promise(() => {})
      }
      const value = given && { brands, mobile, platform, getHighEntropyValues }
      Object.defineProperty(navigator, 'userAgentData', { value: value ?? undefined, configurable: true })
    },
    [hints, behaviour] as const,
  )

const trackOne = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    await window.analytics.identify('ada')
    await window.plugin.flush()
  })
}

test('the profile has all fields that this browser reports', async ({ openShop, account }) => {
  const page = await openShop()
  await trackOne(page)
  const [message] = await account.messages()
  expect(await account.profile('ada')).toMatchObject({
    user_agent: await page.evaluate(() => navigator.userAgent),
    os: 'Linux',
    device_type: 'desktop',
    language: 'en-US',
    resolution: '1280x720',
    ip_address: '127.0.0.1',
    browser_family: expect.stringMatching(/^(Chrome|Chromium|Chrome Headless)$/),
    browser_version: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
    timezone: await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
    current_url: page.url(),
  })
  expect(message?.body.context).toMatchObject({
    userAgentData: { fullVersionList: expect.any(Array), platform: 'Linux' },
    screen: { width: 1280, height: 720, density: 1 },
    library: { name: 'analytics.js' },
  })
})

test('Windows 11 is recognised by its Client Hints, although the user agent says Windows 10', async ({
  page,
  openShop,
  account,
}) => {
  await pretend(page, windows11)
  await trackOne(await openShop())
  const [message] = await account.messages()
  expect(message?.body.context).toMatchObject({
    os: { name: 'Windows', version: '11' },
    browser: { name: 'Chrome', version: '140.0.7339.81' },
  })
})

test('the model of a phone comes from Client Hints, although the frozen user agent hides it', async ({
  page,
  openShop,
  account,
}) => {
  await pretend(page, pixel)
  await trackOne(await openShop())
  expect(await account.profile('ada')).toMatchObject({
    device_name: 'Google Pixel 9',
    device_type: 'mobile',
    os: 'Android',
  })
})

test('a browser with Client Hints does not load the user agent parser', async ({ page, openShop }) => {
  const files: string[] = []
  page.on('request', (request) => files.push(request.url()))
  await trackOne(await openShop())
  expect(files.filter((file) => file.includes('user-agent-parser'))).toEqual([])
})

test.describe('without Client Hints', () => {
  test.use({ userAgent: 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' })

  test('the first message waits for the parser and is complete', async ({ page, openShop, account }) => {
    await stopClock(page)
    await pretend(page, null)
    const files: string[] = []
    page.on('request', (request) => files.push(request.url()))
    await openShop()
    await page.evaluate(() => void window.analytics.identify('ada'))
    await passTimeUntil(page, account.events, ['identify'])
    expect(files.filter((file) => file.includes('user-agent-parser'))).toHaveLength(1)
    expect(await account.profile('ada')).toMatchObject({
      os: 'Linux',
      browser_family: 'Firefox',
      browser_version: '140.0',
      device_type: 'desktop',
      device_name: null,
    })
  })

  test('a script tag loads the parser from beside itself', async ({ page, site, account }) => {
    await stopClock(page)
    await pretend(page, null)
    await page.goto(site.put(scriptTag('userengage-analytics.min.js', account)))
    await page.evaluate(() => void window.analytics.identify('ada'))
    await passTimeUntil(page, account.events, ['identify'])
    expect(await account.profile('ada')).toMatchObject({ browser_family: 'Firefox' })
  })

  test('messages are delivered without the parser if it cannot be loaded', async ({
    page,
    openShop,
    account,
  }) => {
    await pretend(page, null)
    await page.route('**/user-agent-parser*', (route) => route.abort())
    await trackOne(await openShop())
    expect(await account.profile('ada')).toMatchObject({
      os: null,
      user_agent: expect.stringContaining('Firefox'),
    })
  })
})

test('a message waits two seconds for Client Hints, and no longer', async ({ page, openShop, account }) => {
  await stopClock(page)
  await pretend(page, windows11, 'never answers')
  await openShop()
  await page.evaluate(() => void window.analytics.track('Early'))
  await page.clock.runFor(1500)
  expect(await account.messages()).toEqual([])
  await page.clock.runFor(500)
  await passTimeUntil(page, account.events, ['Early'])
  const [sentAfter] = await sendingTimes(account)
  expect(sentAfter).toBeGreaterThanOrEqual(2000)
  expect(sentAfter).toBeLessThan(3000)
})

test('the context describes the page at the time of the call, not of the sending', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  await account.answersWith({ status: 503 }, { status: 503 })
  const url = page.url()
  await page.evaluate(() => {
    void window.analytics.track('Here')
    history.pushState({}, '', '/elsewhere')
    document.title = 'Elsewhere'
  })
  await page.setViewportSize({ width: 640, height: 480 })
  await expect.poll(account.events).toEqual(['Here'])
  const received = await account.messages()
  expect(received.map(({ status }) => status)).toEqual([503, 503, 200])
  expect(received.at(-1)?.body.context).toMatchObject({
    page: { url, title: 'A shop' },
    screen: { width: 1280, height: 720 },
  })
})

test('a context field that the site sets is not merged with the browser’s', async ({ openShop, account }) => {
  const page = await openShop()
  await page.evaluate(async () => {
    const context = {
      os: { name: 'ShopOS' },
      device: { id: 'kiosk-7' },
      screen: { width: 1 },
      locale: 'pl-PL',
    }
    await window.analytics.track('Touched', {}, { context })
    await window.plugin.flush()
  })
  const [message] = await account.messages()
  expect(message?.body.context).toMatchObject({ locale: 'pl-PL' })
  const { os, device, screen }: Record<string, unknown> = message?.body.context ?? {}
  expect({ os, device, screen }).toEqual({
    os: { name: 'ShopOS' },
    device: { id: 'kiosk-7' },
    screen: { width: 1 },
  })
})
