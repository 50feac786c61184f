import { type Browser, chromium } from '@playwright/test'
import { findOrInstallBrowser } from '../../scripts/find-browser.mjs'

/** @param more further switches of Chromium */
export const launch = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: findOrInstallBrowser() as string,
    args: [
      // Chromium's own sandbox does not work for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      ...more,
    ],
  })

declare global {
  interface Window {
    bench: {
      start(url: string): void
      /** @param bytes how many the call carries beyond the order */
      track(serial: number, bytes?: number): void
      calls: { serial: number; took: number; at: number }[]
    }
    isStarted?: boolean
  }
}
