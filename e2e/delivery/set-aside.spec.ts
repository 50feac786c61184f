import { numbered, stored, trackAll } from '../support/calls.ts'
import { passTimeUntil, sendingTimes, stopClock } from '../support/clock.ts'
import { enter, expect, test } from '../support/fixtures.ts'

const minute = 60_000

for (const [what, by] of [
  ['a firewall answers 403 to', 403],
  ['the server fails with 500 over', 500],
  ['the connection is reset over', 'reset'],
] as const) {
  test(`if ${what} one message, the others arrive within a minute, and it arrives when it is let through`, async ({
    page,
    openShop,
    account,
  }) => {
    await stopClock(page)
    await openShop()
    account.line.block('Poison', by)
    const others = numbered('E', 5)
    await trackAll(page, ['Poison', ...others])
    await passTimeUntil(page, account.events, others, 100)
    expect(Math.max(...(await sendingTimes(account)))).toBeLessThan(minute)
    // The set-up is right, so the console says nothing: the fixture `errors` sees to that.
    const stats = () => page.evaluate(() => window.plugin.stats())
    await expect.poll(stats).toMatchObject({ delivered: 5, dropped: {} })

    account.line.block()
    await page.clock.fastForward(2 * minute)
    await passTimeUntil(page, account.events, [...others, 'Poison'], 100)
  })
}

test('a message that never gets an answer ends `expired`, and delays none of the next page', async ({
  page,
  shop,
  account,
  errors,
}) => {
  await stopClock(page)
  const url = shop({ queue: { maxAgeHours: 24 } })
  await enter(page, url)
  account.line.block('Poison')
  await trackAll(page, ['Poison', 'A'])
  await passTimeUntil(page, account.events, ['A'], 100)
  await page.clock.fastForward(23 * 60 * minute)
  await enter(page, url)
  await trackAll(page, ['B'])
  await passTimeUntil(page, account.events, ['A', 'B'], 100)
  await page.clock.fastForward(2 * 60 * minute)
  await passTimeUntil(page, () => page.evaluate(() => window.plugin.stats().dropped), { expired: 1 }, 2000)
  await passTimeUntil(page, () => stored(page), { journal: [], database: [] })
  expect(errors.splice(0)).toEqual([expect.stringMatching(/expired.*maxAgeHours/)])
})

test('pages that end send one message three times at most, and then it waits for a page that reads the answer', async ({
  page,
  shop,
  account,
}) => {
  await stopClock(page)
  const url = shop()
  account.line.cut()
  await enter(page, url)
  await trackAll(page, ['A'])
  await passTimeUntil(page, async () => (await stored(page)).database.length, 1)
  for (let visit = 1; visit <= 5; visit++) {
    const before = account.line.lost.length
    await enter(page, url)
    // One attempt is three requests.
    await passTimeUntil(page, () => account.line.lost.length - before >= 3, true, 20)
    await passTimeUntil(page, () => page.evaluate(() => window.plugin.stats().inFlight), 0, 20)
    // A page that has just lost its request takes that for a consequence of its end, and repeats nothing.
    await page.clock.runFor(600)
    await page.evaluate(() => {
      const { fetch } = window
      let isEnding = false
      addEventListener('pageswap', () => {
        isEnding = true
      })
      window.fetch = (...given) => {
        if (isEnding) localStorage.setItem('asked', String(Number(localStorage.getItem('asked')) + 1))
        return fetch(...given)
      }
    })
    await page.goto('about:blank')
  }
  await page.goto(url)
  expect(await page.evaluate(() => localStorage.getItem('asked'))).toBe('3')
  account.line.mend(0)
  await page.waitForFunction(() => window.plugin !== undefined)
  await passTimeUntil(page, account.events, ['A'], 100)
  await passTimeUntil(page, () => stored(page), { journal: [], database: [] })
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('exits')))).toEqual(
    [],
  )
})
