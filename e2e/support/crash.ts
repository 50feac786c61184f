import type { Page } from '@playwright/test'

/** Crashes the tab's renderer. */
export async function crash(tab: Page): Promise<void> {
  const crashed = tab.waitForEvent('crash')
  await tab.goto('chrome://crash').catch(() => {})
  await crashed
}
