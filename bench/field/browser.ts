import { type Browser, chromium } from '@playwright/test'
import { chromiumSwitchesForPlaywright } from '../../scripts/chromium-switches.mjs'
import { findOrInstallBrowser } from '../../scripts/find-browser.mjs'

/** @param more further switches of Chromium */
export const launch = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: findOrInstallBrowser() as string,
    args: [...chromiumSwitchesForPlaywright, ...more],
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
