import { goBack, test, titleTellsRestore } from '../support/back-forward-cache.ts'
import { numbered, tally, trackAll } from '../support/calls.ts'
import { enter, expect } from '../support/fixtures.ts'
import { startWorker, watchWorker, workerUrl } from '../support/worker.ts'

for (const [when, arrived] of [
  ['the worker has sent all', 20],
  ['the worker still sends', 8],
] as const) {
  test(`a page that is restored while ${when} repeats nothing`, async ({ visitor, site, shop, account }) => {
    await watchWorker(visitor)
    await enter(visitor, shop({ workerUrl }))
    await startWorker(visitor)
    await titleTellsRestore(visitor)
    const sent = numbered('E', 20)
    await account.answersWith({ delayMs: 100, times: 30 })
    await trackAll(visitor, sent)
    await visitor.waitForFunction(() => window.plugin.stats().delivered === 3)
    await visitor.goto(site.put('<h1>Elsewhere</h1>').replace('localhost', '127.0.0.1'))
    await expect
      .poll(async () => sent.length - (await tally(account, sent)).lost.length)
      .toBeGreaterThanOrEqual(arrived)
    await goBack(visitor)
    await trackAll(visitor, ['After'])
    await expect.poll(async () => (await tally(account, [...sent, 'After'])).lost).toEqual([])
    expect(await visitor.evaluate(() => window.plugin.flush())).toBe(true)
    const events = await account.events()
    expect(events.filter((event, index) => events.indexOf(event) === index)).toEqual([
      'First',
      ...sent,
      'After',
    ])
    // Only the request in flight as the page was left had an answer that nobody read.
    expect((await tally(account, sent)).repeated.length).toBeLessThanOrEqual(1)
  })
}
