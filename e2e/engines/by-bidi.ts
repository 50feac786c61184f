import puppeteer from 'puppeteer-core'
import type { Engine } from './engine.ts'

/** A Firefox as it is released, over WebDriver BiDi. Playwright drives only builds of its own. */
export async function startByBidi(executablePath: string): Promise<Engine> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true })
  return {
    async visitor() {
      const context = await browser.createBrowserContext()
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
