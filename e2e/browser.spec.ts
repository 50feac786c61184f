import { expect, test } from '@playwright/test'

test('the browser has no feature on that Playwright turns off', async ({ browser }) => {
  const { commandLine } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getInfo')
  const lists = [...commandLine.matchAll(/--disable-features=(\S+)/g)].map(([, list = '']) => list.split(','))
  const [ofPlaywright = [], ours = []] = lists
  expect(ofPlaywright).not.toEqual([])
  expect(ours).toEqual(expect.arrayContaining(ofPlaywright))
})
