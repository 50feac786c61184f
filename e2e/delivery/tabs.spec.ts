import type { BrowserContext, Page } from '@playwright/test'
import { expectAllOnce, numbered, trackAll } from '../support/calls.ts'
import { crash } from '../support/crash.ts'
import { enter, expect, test } from '../support/fixtures.ts'

const openTabs = async (context: BrowserContext, url: string, count: number): Promise<Page[]> => {
  const tabs = await Promise.all(Array.from({ length: count }, () => context.newPage()))
  for (const tab of tabs) await enter(tab, url)
  return tabs as Page[]
}

const statsOf = (tab: Page) => tab.evaluate(() => window.plugin.stats())

// On plain http there are no Web Locks; the tabs ask each other instead.
for (const [where, addressOf] of [
  ['localhost', (url: string) => url],
  ['plain http', (url: string) => url.replace('localhost', 'shop.test')],
] as const) {
  test.describe(`on ${where}`, () => {
    test('no event of five tabs is lost or repeated while the endpoint fails and two tabs are closed', async ({
      context,
      shop,
      account,
    }) => {
      test.slow()
      const tabs = await openTabs(context, addressOf(shop()), 5)
      const namesOf = tabs.map((_, tab) => numbered(`Tab ${tab + 1} event `, 50))
      await account.answersWith(
        { times: 20, delayMs: 20 },
        { status: 503, times: 10 },
        { drop: true, times: 3 },
      )
      await Promise.all(tabs.map((tab, index) => trackAll(tab, namesOf[index] ?? [])))
      await expect
        .poll(async () => (await account.messages()).filter(({ status }) => status === 503).length)
        .toBeGreaterThan(3)
      account.line.cut()
      await tabs[1]?.close()
      await tabs[3]?.close()
      account.line.mend()
      await expectAllOnce(account, namesOf.flat())
      const arrived = await account.events()
      for (const names of namesOf) {
        expect(arrived.filter((name) => names.includes(name ?? ''))).toEqual(names)
      }
    })

    test('a tab does not send the messages of another open tab', async ({ context, shop, account }) => {
      const url = addressOf(shop())
      account.line.cut()
      const [first] = (await openTabs(context, url, 1)) as [Page]
      await trackAll(first, numbered('E', 3))
      await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
      const [second] = (await openTabs(context, url, 1)) as [Page]
      await trackAll(second, ['Mine'])
      await expect.poll(() => account.line.lost).toContain('Mine')
      // The message is in flight, or waits for the next attempt.
      const { queued, inFlight } = await statsOf(second)
      expect(queued + inFlight).toBe(1)
      account.line.mend()
      await expectAllOnce(account, [...numbered('E', 3), 'Mine'])
      // The last answer may still be on its way to the page.
      const stats = () => Promise.all([statsOf(first), statsOf(second)])
      await expect.poll(stats).toMatchObject([{ delivered: 3 }, { delivered: 1 }])
    })

    test('an idle tab delivers the messages of a closed one', async ({ context, shop, account }) => {
      const url = addressOf(shop())
      const [idle, closed] = (await openTabs(context, url, 2)) as [Page, Page]
      account.line.cut()
      await trackAll(closed, numbered('E', 5))
      await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
      await closed.close()
      account.line.mend()
      await expectAllOnce(account, numbered('E', 5))
      await expect.poll(() => statsOf(idle)).toMatchObject({ delivered: 5 })
    })

    test('the next page delivers the messages of a crashed one', async ({ context, shop, account }) => {
      const url = addressOf(shop())
      const [crashing] = (await openTabs(context, url, 1)) as [Page]
      account.line.cut()
      await trackAll(crashing, numbered('E', 5))
      await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
      await crash(crashing)
      account.line.mend()
      await openTabs(context, url, 1)
      await expectAllOnce(account, numbered('E', 5))
      expect(await account.events()).toEqual(numbered('E', 5))
    })
  })
}

test('an open tab delivers the messages of a crashed one at once', async ({ context, shop, account }) => {
  const [idle, crashing] = (await openTabs(context, shop(), 2)) as [Page, Page]
  account.line.cut()
  await trackAll(crashing, numbered('E', 5))
  await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
  await crash(crashing)
  account.line.mend()
  await expectAllOnce(account, numbered('E', 5))
  await expect.poll(() => statsOf(idle)).toMatchObject({ delivered: 5 })
})

test('the events of three pages that could deliver nothing arrive in order', async ({
  page,
  shop,
  account,
}) => {
  account.line.cut()
  const url = shop()
  const sent: string[] = []
  for (const visit of ['First', 'Second', 'Third']) {
    await enter(page, url)
    const names = numbered(`${visit} page `, 4)
    sent.push(...names)
    await trackAll(page, names)
    await page.waitForFunction((count) => {
      const { queued, inFlight } = window.plugin.stats()
      return queued + inFlight === count
    }, sent.length)
  }
  account.line.mend()
  await page.evaluate(() => window.plugin.flush())
  await expectAllOnce(account, sent)
  expect(await account.events()).toEqual(sent)
})

test('a tab does not send what another has stored before the browser has granted its lock', async ({
  context,
  shop,
  account,
}) => {
  const url = shop()
  account.line.cut()
  const first = await context.newPage()
  await first.addInitScript(() => {
    navigator.locks.request = () => new Promise(() => {})
  })
  await enter(first, url)
  await trackAll(first, numbered('E', 3))
  await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
  const [second] = (await openTabs(context, url, 1)) as [Page]
  await trackAll(second, ['Mine'])
  await expect.poll(() => account.line.lost).toContain('Mine')
  account.line.mend()
  await expectAllOnce(account, [...numbered('E', 3), 'Mine'])
  expect([await statsOf(first), await statsOf(second)]).toMatchObject([{ delivered: 3 }, { delivered: 1 }])
})
