import type { Page } from '@playwright/test'
import { expectAllOnce, numbered, tally, trackAll, unsettled } from '../support/calls.ts'
import { passTimeUntil, stopClock } from '../support/clock.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import type { Account } from '../support/sandbox.ts'
import { shopPage } from '../support/shop-page.ts'

// A visitor's way through the pages of a site. The endpoint takes its time, so that no request would be over before its
// page is left.

/** A page that tracks each click on its link, and each end of its own, by the page's number in its address. */
const journeyPage = ({ apiKey, endpoint }: Account, more = ''): string => `
  <a href="?">Next</a>
  ${shopPage({ apiKey, endpoint })}
  <script>
    const number = Number(location.search.slice(1))
    const link = document.querySelector('a')
    link.href = '?' + (number + 1)
    link.addEventListener('click', () => void analytics.track('Click ' + number))
    addEventListener('pagehide', () => void analytics.track('Pagehide ' + number))
    ${more}
  </script>`

const isSettled = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => window.plugin !== undefined)
  await expect.poll(() => unsettled(page)).toBe(0)
}

/** Goes to the next page by the link. */
async function follow(page: Page): Promise<void> {
  const next = page.waitForEvent('domcontentloaded')
  await page.click('a')
  await next
}

test('on a journey of 20 pages, with a call in each click and in each pagehide, every message arrives exactly once', async ({
  page,
  site,
  account,
}) => {
  test.slow()
  await account.answersWith({ delayMs: 150, times: 100 })
  await enter(page, `${site.put(journeyPage(account))}?1`)
  for (let left = 1; left <= 20; left++) {
    // What the page before has left is settled: no request is in flight as this one is left.
    await expect.poll(async () => (await account.events()).length).toBe(2 * (left - 1))
    await isSettled(page)
    await follow(page)
  }
  const sent = [...numbered('Click ', 20), ...numbered('Pagehide ', 20)]
  await expectAllOnce(account, sent)
  expect(await account.events()).toEqual(
    Array.from({ length: 20 }, (_, index) => [`Click ${index + 1}`, `Pagehide ${index + 1}`]).flat(),
  )
})

test('a visitor who clicks on at once loses nothing, and repeats only what was in flight', async ({
  page,
  site,
  account,
}) => {
  await account.answersWith({ delayMs: 150, times: 100 })
  await enter(page, `${site.put(journeyPage(account))}?1`)
  for (let left = 1; left <= 10; left++) {
    await page.waitForFunction(() => window.plugin !== undefined)
    await follow(page)
  }
  const sent = [...numbered('Click ', 10), ...numbered('Pagehide ', 10)]
  await expect.poll(async () => (await tally(account, sent)).lost).toEqual([])
  await isSettled(page)
  const { repeated } = await tally(account, sent)
  // Each page has one request in flight, as messages go one after the other.
  expect(repeated.length).toBeLessThanOrEqual(10)
})

for (const [what, work] of [
  ['a reload', () => location.reload()],
  ['a form', () => void document.forms[0]?.submit()],
  ['a script', () => location.assign('?2')],
] as const) {
  test(`calls made as ${what} leads to the next page of the site arrive once`, async ({
    page,
    site,
    account,
  }) => {
    await account.answersWith({ delayMs: 150, times: 100 })
    await enter(
      page,
      `${site.put(journeyPage(account, 'document.body.append(document.createElement("form"))'))}?1`,
    )
    const next = page.waitForEvent('domcontentloaded')
    await page.evaluate(`void analytics.track('Before'); (${work})()`)
    await next
    await isSettled(page)
    await expectAllOnce(account, ['Before', 'Pagehide 1'])
  })
}

test('a link that leads to another site through a redirect of this one loses nothing', async ({
  page,
  site,
  account,
}) => {
  const link = site.redirectTo(`${site.cdn}/dist/integrity.json`)
  await enter(page, `${site.put(journeyPage(account, `link.href = '${link}'`))}?1`)
  await page.click('a')
  await page.waitForURL(/integrity/)
  await expectAllOnce(account, ['Click 1', 'Pagehide 1'])
})

for (const [what, link] of [
  ['turns out to be a download', '/download'],
  ['a router takes over', '/routed'],
  ['another script stops', '/stopped'],
] as const) {
  test(`a call made in a click on a link that ${what} is sent from this page`, async ({
    page,
    site,
    account,
  }) => {
    await stopClock(page)
    await enter(page, `${site.put(journeyPage(account, `link.href = '${link}'`))}?1`)
    await page.evaluate(() => {
      navigation.addEventListener('navigate', (event) => {
        if (event.destination.url.endsWith('/routed')) event.intercept()
        if (event.destination.url.endsWith('/stopped')) event.preventDefault()
      })
    })
    await page.evaluate(() => document.querySelector('a')?.click())
    await passTimeUntil(page, account.events, ['Click 1'], 100)
    // A navigation that came to nothing is forgotten: the end of the tab is one without a next page.
    await page.close()
    await expectAllOnce(account, ['Click 1', 'Pagehide 1'])
  })
}

test('100 calls of 1 KB and away to another site in the same task: the next visit delivers what was not sent', async ({
  page,
  site,
  shop,
  account,
}) => {
  const url = shop()
  await enter(page, url)
  await page.evaluate((elsewhere) => {
    for (let index = 1; index <= 100; index++)
      void window.analytics.track(`E${index}`, { text: 'x'.repeat(1000) })
    location.href = elsewhere
  }, `${site.cdn}/dist/integrity.json`)
  await page.waitForURL(/integrity/)
  await enter(page, url)
  const sent = numbered('E', 100)
  await expect.poll(async () => (await tally(account, sent)).lost, { timeout: 30_000 }).toEqual([])
})

for (const [atExit, times] of [
  ['trust', 1],
  ['resend', 2],
] as const) {
  test(`with queue.atExit "${atExit}", what an ending page sends arrives ${times === 1 ? 'once' : 'twice if the site is visited again'}`, async ({
    page,
    shop,
    account,
  }) => {
    const url = shop({ queue: { atExit } })
    await enter(page, url)
    await trackAll(page, ['Before'])
    await isSettled(page)
    await page.evaluate(() => addEventListener('pagehide', () => void window.analytics.track('At exit')))
    await page.goto('about:blank')
    await expect.poll(account.events).toEqual(['Before', 'At exit'])
    await enter(page, url)
    await trackAll(page, ['After'])
    await expect.poll(account.events).toContain('After')
    await isSettled(page)
    expect((await account.events()).filter((name) => name === 'At exit')).toHaveLength(times)
  })
}
