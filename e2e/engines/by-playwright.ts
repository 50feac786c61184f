import type { BrowserType } from '@playwright/test'
import type { Engine } from './engine.ts'

/** @param executablePath of a browser other than Playwright's own */
export async function startByPlaywright(browserType: BrowserType, executablePath?: string): Promise<Engine> {
  const browser = await browserType.launch({
    ...(executablePath && { executablePath }),
    // Chromium's own sandbox does not work for root.
    chromiumSandbox: process.getuid?.() !== 0,
  })
  return {
    async visitor() {
      const context = await browser.newContext()
      return {
        async tab() {
          const page = await context.newPage()
          return {
            goto: async (url) => void (await page.goto(url)),
            run: (work, given) => page.evaluate(work as never, given) as never,
            close: () => page.close(),
          }
        },
        leave: () => context.close(),
      }
    },
    close: () => browser.close(),
  }
}
