import { goBack, test, titleTellsRestore } from '../support/back-forward-cache.ts'
import { expectAllOnce, numbered, tally, trackAll } from '../support/calls.ts'
import { enter, expect } from '../support/fixtures.ts'

/** A restored page may never learn that its last request has failed: it waits this long for an answer. */
const timeoutMs = 1000

test('a page with the plugin enters the back/forward cache, and delivers after it is restored', async ({
  visitor,
  shop,
  site,
  account,
}) => {
  await enter(visitor, shop())
  await titleTellsRestore(visitor)
  await trackAll(visitor, ['Before'])
  await expectAllOnce(account, ['Before'])
  await visitor.goto(site.put('<h1>Elsewhere</h1>'))
  await goBack(visitor)
  await trackAll(visitor, numbered('After', 3))
  await expectAllOnce(account, ['Before', ...numbered('After', 3)])
})

test('the next page delivers the messages of a cached page, which does not repeat them when it is restored', async ({
  visitor,
  shop,
  account,
}) => {
  const url = shop({ timeoutMs })
  await enter(visitor, url)
  await titleTellsRestore(visitor)
  account.line.cut()
  await trackAll(visitor, numbered('E', 5))
  await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
  await visitor.goto(`${url}?next`)
  await visitor.waitForFunction(() => window.plugin !== undefined)
  await expect
    .poll(() => visitor.evaluate(() => window.plugin.stats().queued + window.plugin.stats().inFlight))
    .toBe(5)
  account.line.mend()
  // The next attempt by itself may be a minute away.
  await visitor.evaluate(() => window.plugin.flush())
  await expectAllOnce(account, numbered('E', 5))
  await goBack(visitor)
  await trackAll(visitor, ['After'])
  await expectAllOnce(account, [...numbered('E', 5), 'After'])
  expect(await visitor.evaluate(() => window.plugin.flush())).toBe(true)
  expect(await tally(account, [])).toEqual({ lost: [], repeated: [] })
})

test('a restored page delivers the messages that no other page has delivered', async ({
  visitor,
  shop,
  site,
  account,
}) => {
  await enter(visitor, shop({ timeoutMs }))
  await titleTellsRestore(visitor)
  account.line.cut()
  await trackAll(visitor, numbered('E', 5))
  await expect.poll(() => account.line.lost.length).toBeGreaterThan(0)
  await visitor.goto(site.put('<h1>Elsewhere</h1>'))
  account.line.mend()
  await goBack(visitor)
  await expectAllOnce(account, numbered('E', 5))
  expect(await account.events()).toEqual(numbered('E', 5))
})

test('a restored page delivers what was called in pagehide, after the plugin had left the page', async ({
  visitor,
  shop,
  site,
  account,
}) => {
  await enter(visitor, shop({ timeoutMs }))
  await titleTellsRestore(visitor)
  await trackAll(visitor, ['Before'])
  await expectAllOnce(account, ['Before'])
  await visitor.evaluate(() =>
    addEventListener('pagehide', () => void window.analytics.track('At pagehide'), { once: true }),
  )
  account.line.cut()
  await visitor.goto(site.put('<h1>Elsewhere</h1>'))
  account.line.mend()
  await goBack(visitor)
  await expectAllOnce(account, ['Before', 'At pagehide'])
})
