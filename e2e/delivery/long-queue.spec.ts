import { numbered } from '../support/calls.ts'
import { expect, test } from '../support/fixtures.ts'

test('a long queue is sent four at a time, and identify and group keep their places', async ({
  openShop,
  account,
}) => {
  test.slow()
  const page = await openShop()
  const events = numbered('E', 300)
  await page.context().setOffline(true)
  await page.evaluate((events) => {
    void window.analytics.identify('ada', { plan: 'free' })
    events.forEach((event, index) => {
      if (index === 100) void window.analytics.identify('ada', { plan: 'pro' })
      if (index === 200) void window.analytics.group('acme', { name: 'Acme' })
      void window.analytics.track(event)
    })
  }, events)
  await expect.poll(() => page.evaluate(() => window.plugin.stats().queued)).toBe(303)

  // Every answer takes 30 ms, so that requests overlap.
  await account.answersWith({ delayMs: 30, times: 303 })
  const underWay = await page.evaluateHandle(() => {
    const seen = new Set<number>()
    const watch = setInterval(() => seen.add(window.plugin.stats().inFlight), 2)
    return { seen, watch }
  })
  await page.context().setOffline(false)
  await expect.poll(async () => (await account.events()).length, { timeout: 60_000 }).toBe(303)

  const most = await underWay.evaluate(({ seen }) => Math.max(...seen))
  expect(most).toBe(4)
  const arrived = await account.events()
  expect([...arrived].sort()).toEqual([...events, 'identify', 'identify', 'group'].sort())
  const placed = (from: number, to: number) => arrived.slice(from, to).sort()
  expect(placed(0, 1)).toEqual(['identify'])
  expect(placed(1, 101)).toEqual(events.slice(0, 100).sort())
  expect(placed(101, 102)).toEqual(['identify'])
  expect(placed(102, 202)).toEqual(events.slice(100, 200).sort())
  expect(placed(202, 203)).toEqual(['group'])
  // All events belong to one user.
  expect(await account.profile('ada')).toMatchObject({ plan: 'pro', companies: [{ name: 'Acme' }] })
  expect(await account.eventsOf('ada')).toHaveLength(300)
  expect((await account.messages()).filter(({ repeated }) => repeated)).toEqual([])
})
