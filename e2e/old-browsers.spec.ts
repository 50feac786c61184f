import { expect, test } from './support/fixtures.ts'
import { scriptTag } from './support/site.ts'

for (const missing of ['fetch', 'Promise']) {
  for (const file of ['userengage.min.js', 'userengage-analytics.min.js'] as const) {
    // The all-in-one file holds Analytics.js, which needs promises itself.
    if (missing === 'Promise' && file === 'userengage-analytics.min.js') continue

    test(`in a browser without ${missing}, ${file} does nothing and logs nothing`, async ({
      page,
      site,
      account,
    }) => {
      const lines: string[] = []
      page.on('console', (line) => lines.push(line.text()))
      const remove = `<script>window.kept = window.${missing}; delete window.${missing}</script>`
      const restore = `<script>
        window.plugin = UserEngageDestination.instance
        window.${missing} = kept
      </script>`
      const tag = scriptTag(file, account, 'data-auto-page')
      await page.goto(site.put(remove + tag + restore))
      const kept = await page.evaluate(async () => {
        const context = { event: { type: 'track', event: 'A', messageId: 'm1', anonymousId: 'a1' } }
        await window.plugin.load({}, window.analytics)
        const isSame = window.plugin.track(context) === context
        history.pushState({}, '', '?route')
        dispatchEvent(new Event('pagehide'))
        return {
          isSame,
          isFlushed: await window.plugin.flush(),
          stats: window.plugin.stats(),
          stored: Object.keys(localStorage).filter((key) => key.startsWith('userengage')),
          databases: (await indexedDB.databases()).map(({ name }) => name),
        }
      })
      expect(kept).toEqual({
        isSame: true,
        isFlushed: true,
        stored: [],
        databases: [],
        stats: { queued: 0, inFlight: 0, delivered: 0, retried: 0, dropped: {} },
      })
      expect(lines).toEqual([])
      expect(await account.messages()).toEqual([])
    })
  }
}

test('the ES module in a browser without fetch does nothing and logs nothing, but still throws for wrong settings', async ({
  page,
  site,
}) => {
  await page.goto(site.put('<h1>Old</h1>'))
  const error = await page.evaluate(async () => {
    Reflect.deleteProperty(window, 'fetch')
    const entry = '/app/main.js'
    await import(entry)
    const { userEngage } = window
    userEngage({ apiKey: 'k', endpoint: 'https://ue.example/' }).track({ event: { type: 'track' } })
    try {
      userEngage({ apiKey: 'k' } as Parameters<typeof userEngage>[0])
    } catch (error) {
      return String(error)
    }
    return 'nothing'
  })
  expect(error).toMatch(/^TypeError: .*endpoint must be/)
})
