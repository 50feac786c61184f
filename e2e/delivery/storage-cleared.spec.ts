import type { Page } from '@playwright/test'
import { expectAllOnce, numbered, stored, track, trackAll } from '../support/calls.ts'
import { expect, test } from '../support/fixtures.ts'

/** Has the browser forget all that the site has stored, as a visitor can ask it to. */
async function clearSiteData(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'all',
  })
}

const deleteDatabase = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const deleting = indexedDB.deleteDatabase('userengage')
        deleting.onsuccess = () => resolve('deleted')
        deleting.onblocked = () => resolve('blocked')
      }),
  )

const clearStore = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const opening = indexedDB.open('userengage')
    await new Promise((resolve) => {
      opening.onsuccess = resolve
    })
    const { transaction } = opening.result
      .transaction('messages', 'readwrite')
      .objectStore('messages')
      .clear()
    await new Promise((resolve) => {
      if (transaction) transaction.oncomplete = resolve
    })
    opening.result.close()
  })

for (const [what, clear] of [
  ['a script of the site clears the database', clearStore],
  ['a script of the site deletes the database', deleteDatabase],
  ['a script of the site clears localStorage', (page: Page) => page.evaluate(() => localStorage.clear())],
  ['the visitor clears the data of the site', clearSiteData],
] as const) {
  test(`if ${what} under a living page, what its memory holds is sent`, async ({ openShop, account }) => {
    const page = await openShop()
    account.line.cut()
    await trackAll(page, numbered('E', 3))
    await expect.poll(async () => (await stored(page)).database.length).toBe(3)
    await clear(page)
    await track(page, 'After')
    account.line.mend()
    await expect.poll(() => page.evaluate(() => window.plugin.flush())).toBe(true)
    await expectAllOnce(account, [...numbered('E', 3), 'After'])
    expect(await page.evaluate(() => window.plugin.stats())).toMatchObject({ delivered: 4, dropped: {} })
  })
}

for (const [what, close] of [
  ['a script of the site deleted it', deleteDatabase],
  ['the browser closed it', clearSiteData],
] as const) {
  test(`the database is used again after ${what}, and blocks nobody`, async ({ openShop, account }) => {
    const page = await openShop()
    account.line.cut()
    await trackAll(page, ['Before'])
    await expect.poll(async () => (await stored(page)).database.length).toBe(1)
    await close(page)
    await trackAll(page, ['A', 'B'])
    await expect.poll(() => stored(page)).toMatchObject({ journal: [], database: { length: 2 } })
    expect(await deleteDatabase(page)).toBe('deleted')
    await trackAll(page, ['C'])
    await expect.poll(() => stored(page)).toMatchObject({ journal: [], database: { length: 1 } })
    account.line.mend()
    await expectAllOnce(account, ['Before', 'A', 'B', 'C'])
  })
}
