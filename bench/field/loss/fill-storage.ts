import type { Page } from '@playwright/test'

/** Leaves no room for a single character in localStorage, nor for a byte in IndexedDB. */
export async function fillStorage(page: Page): Promise<void> {
  await page.evaluate(() => {
    let text = 'x'.repeat(1 << 20)
    for (let index = 0; text !== ''; index++) {
      try {
        localStorage.setItem(`full ${index}`, text)
      } catch {
        text = text.slice(text.length >> 1 || 1)
      }
    }
  })
  const cdp = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
}
