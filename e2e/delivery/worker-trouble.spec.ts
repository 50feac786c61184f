import type { Page } from '@playwright/test'
import { expectAllOnce } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { scriptTag } from '../support/site.ts'
import { watchWorker } from '../support/worker.ts'

/** Everything that the console shows, whatever its level. */
const consoleOf = (page: Page): string[] => {
  const lines: string[] = []
  page.on('console', (line) => lines.push(`${line.type()}: ${line.text()}`))
  return lines
}

const idle = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(() => resolve()))),
  )

for (const [what, where] of [
  ['a content security policy that allows no worker', 'csp'],
  ['a script of another origin', 'cdn'],
  ['no file beside the script', 'missing'],
] as const) {
  test(`with ${what}, the page prints nothing and loses nothing`, async ({ page, site, shop, account }) => {
    const lines = consoleOf(page)
    await watchWorker(page)
    const policy = `default-src 'none'; img-src data:; script-src 'nonce-n'; connect-src ${new URL(account.endpoint).origin}`
    const url = {
      csp: site.put(scriptTag('userengage-analytics.min.js', account, 'nonce="n"'), {
        'content-security-policy': policy,
      }),
      cdn: site.put(scriptTag('userengage-analytics.min.js', account, '', site.cdn)),
      missing: shop({ workerUrl: '/no/userengage-worker.js' }),
    }[where]
    await page.goto(url)
    if (where === 'missing') await enter(page, url)
    await page.evaluate(() => window.analytics.track('A'))
    await expectAllOnce(account, ['A'])
    await idle(page)
    await page.evaluate(() => {
      addEventListener('pagehide', () => void window.analytics.track('At pagehide'))
    })
    expect(await page.evaluate(() => window.isWorkerReady)).not.toBe(true)
    await page.goto('about:blank')
    await expectAllOnce(account, ['A', 'At pagehide'])
    expect(lines).toEqual([])
  })
}
