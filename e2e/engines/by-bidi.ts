import puppeteer from 'puppeteer-core'
import type { Engine } from './engine.ts'
import { visitorOf } from './visitor-of.ts'

/** A released Firefox, over WebDriver BiDi. Playwright drives only its own builds of it. */
export async function startByBidi(executablePath: string): Promise<Engine> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true })
  return {
    visitor: async () => visitorOf(await browser.createBrowserContext()),
    close: () => browser.close(),
  }
}
