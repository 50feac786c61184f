import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'

/**
 * The buttons and links that something else covers, wherever the page is scrolled to: another element is at the centre of
 * the part that the window shows. This function runs in the page.
 */
async function readCovered(): Promise<string[]> {
  const covered = new Set<string>()
  const end = document.documentElement.scrollHeight - innerHeight
  for (let top = 0; ; top = Math.min(top + 100, end)) {
    scrollTo({ top, behavior: 'instant' })
    await new Promise(requestAnimationFrame)
    for (const button of document.querySelectorAll('button, a')) {
      const { left, right, top: above, bottom } = button.getBoundingClientRect()
      const [x, y] = [(left + right) / 2, (above + bottom) / 2]
      if (y < 0 || y >= innerHeight) continue
      const hit = document.elementFromPoint(x, y)
      if (!hit || !button.contains(hit)) covered.add(`${button.textContent} at ${top}`)
    }
    if (top >= end) return [...covered]
  }
}

async function expectNothingCovered(page: Page): Promise<void> {
  expect(await page.evaluate(readCovered)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(page.viewportSize()?.width)
}

for (const width of [390, 800]) {
  test(`at a width of ${width} the call panel of the demo shop covers no button`, async ({
    page,
    sandbox,
    account,
  }) => {
    await page.setViewportSize({ width, height: 844 })
    await page.goto(`${sandbox.origin}/demo/?app=${account.id}`)
    const adds = page.getByRole('button', { name: /^Add .* to bag$/ })
    await expect(adds).toHaveCount(6)
    for (const index of [0, 3, 5]) await adds.nth(index).click()
    await expect(page.getByTestId('call').first()).toContainText('Product Added')
    await expectNothingCovered(page)
    await page.getByRole('link', { name: /^Bag/ }).click()
    await expect(page.getByTestId('bag-line')).toHaveCount(3)
    await expectNothingCovered(page)
    await page.getByRole('link', { name: /^You/ }).click()
    await expect(page.getByTestId('you-view')).toBeVisible()
    await expectNothingCovered(page)
    // A call with many lines moves nothing.
    const heights = () => page.evaluate(() => document.getElementById('calls')?.clientHeight)
    const before = await heights()
    await page.getByRole('button', { name: 'Sign up' }).click()
    await expect(page.getByTestId('call').first()).toContainText('identify')
    expect(await heights()).toBe(before)
    await expectNothingCovered(page)
  })
}
