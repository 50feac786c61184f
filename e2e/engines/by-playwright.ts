import type { BrowserType } from '@playwright/test'
import type { Engine } from './engine.ts'
import { visitorOf } from './visitor-of.ts'

/** @param executablePath of a browser other than Playwright's own */
export async function startByPlaywright(browserType: BrowserType, executablePath?: string): Promise<Engine> {
  const browser = await browserType.launch({
    ...(executablePath && { executablePath }),
    // Chromium's own sandbox does not work for root.
    chromiumSandbox: process.getuid?.() !== 0,
  })
  return {
    visitor: async () => visitorOf(await browser.newContext()),
    close: () => browser.close(),
  }
}
