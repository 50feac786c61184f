import type { Page } from '@playwright/test'
import { openBrowserProcess } from '../support/browser-process.ts'
import { expectAllOnce, numbered, stored, trackAll } from '../support/calls.ts'
import { enter, expect, test } from '../support/fixtures.ts'
import { withoutSegment } from '../support/shop-page.ts'
import { scriptTag } from '../support/site.ts'

/** UTF-16 code units that the plugin holds in localStorage, keys included. */
const journalSize = (page: Page) =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith('userengage:'))
      .reduce((sum, [key, value]) => sum + key.length + value.length, 0),
  )

const fillLocalStorage = (): void => {
  let size = 4_000_000
  for (let part = 0; size > 0; ) {
    try {
      localStorage.setItem(`site's own ${part}`, 'x'.repeat(size))
      part++
    } catch {
      size = Math.floor(size / 2)
    }
  }
}

/** Whether another tool of the site can still load Analytics.js on this page. */
const hostLoads = (page: Page) =>
  page.evaluate(
    `AnalyticsBrowser.load(${withoutSegment.replace("writeKey: 'test'", "writeKey: 'other'")}).then(() => true, () => false)`,
  )

test('if localStorage is full, calls are delivered, and waiting messages survive the page', async ({
  page,
  site,
  account,
}) => {
  const url = site.put(scriptTag('userengage-analytics.min.js', account))
  await page.goto(site.put('<h1>The rest of the site</h1>'))
  await page.evaluate(fillLocalStorage)
  await page.goto(url)
  await trackAll(page, numbered('E', 5))
  await expectAllOnce(account, numbered('E', 5))
  account.line.cut()
  await trackAll(page, numbered('Late', 5))
  await expect.poll(async () => (await stored(page)).database.length).toBe(5)
  await page.reload()
  account.line.mend()
  await expectAllOnce(account, numbered('Late', 5))
})

test('1,000 large waiting messages leave localStorage almost free, and Analytics.js still loads', async ({
  page,
  shop,
  account,
}) => {
  test.slow()
  const url = shop()
  await enter(page, url)
  account.line.cut()
  await page.evaluate(() => {
    for (let index = 0; index < 1000; index++)
      void window.analytics.track(`E${index}`, { text: 'ü'.repeat(5000) })
  })
  await expect.poll(async () => (await stored(page)).database.length, { timeout: 30_000 }).toBe(1000)
  expect(await journalSize(page)).toBeLessThan(10_000)
  await enter(page, url)
  expect(await hostLoads(page)).toBe(true)
  expect(await journalSize(page)).toBeLessThan(100_000)
})

// `before` replaces the storages before the page's own scripts run. It must not refer to anything in this file.
for (const [what, before] of [
  [
    'fails to open',
    () => {
      IDBFactory.prototype.open = () => {
        const request = new EventTarget() as IDBOpenDBRequest
        setTimeout(() => request.onerror?.(new Event('error')))
        return request
      }
    },
  ],
  [
    'throws when it is opened',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      }
    },
  ],
  [
    'never answers',
    () => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest
    },
  ],
  [
    'does not exist',
    () => {
      Object.defineProperty(window, 'indexedDB', { value: undefined })
    },
  ],
] as const) {
  test(`if IndexedDB ${what}, calls are delivered, or wait in localStorage within its bound and survive the page`, async ({
    page,
    shop,
    account,
  }) => {
    await page.addInitScript(before)
    const url = shop()
    await enter(page, url)
    await trackAll(page, ['A', 'B'])
    await expectAllOnce(account, ['A', 'B'])
    account.line.cut()
    await trackAll(page, numbered('Kept', 3))
    await page.evaluate(() => {
      for (let index = 0; index < 150; index++) void window.analytics.track('Big', { text: 'ü'.repeat(2000) })
    })
    await page.waitForFunction(() => window.plugin.stats().queued >= 150)
    expect(await journalSize(page)).toBeLessThanOrEqual(100_000)
    expect(await hostLoads(page)).toBe(true)
    await enter(page, url)
    account.line.mend()
    await expectAllOnce(account, numbered('Kept', 3))
  })
}

test('if the database is full, calls are delivered, or wait in localStorage', async ({
  page,
  shop,
  account,
}) => {
  const url = shop()
  await enter(page, url)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize: 1 })
  await trackAll(page, ['A'])
  await expectAllOnce(account, ['A'])
  account.line.cut()
  await trackAll(page, numbered('E', 5))
  await expect.poll(async () => (await stored(page)).journal.length).toBe(5)
  await page.reload()
  account.line.mend()
  await expectAllOnce(account, numbered('E', 5))
  expect(await account.events()).toEqual(['A', ...numbered('E', 5)])
})

test('an aborted transaction is repeated', async ({ page, shop, account }) => {
  await enter(page, shop())
  account.line.cut()
  await page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype
    let aborts = 1
    IDBDatabase.prototype.transaction = function (stores, mode, options) {
      const made = transaction.call(this, stores, mode, options)
      if (mode === 'readwrite' && aborts-- > 0) {
        made.commit = () => {}
        queueMicrotask(() => made.abort())
      }
      return made
    }
  })
  await trackAll(page, numbered('E', 3))
  await expect.poll(() => stored(page)).toMatchObject({ journal: [], database: { length: 3 } })
  account.line.mend()
  await expectAllOnce(account, numbered('E', 3))
})

test('if the visitor has forbidden storage, calls are delivered and nothing throws', async ({
  site,
  shop,
  account,
}) => {
  const blockAll = { profile: { default_content_setting_values: { cookies: 2 } } }
  const browser = await openBrowserProcess(blockAll)
  try {
    const page = await browser.start()
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    for (const [url, names] of [
      [shop(), ['A', 'B']],
      [site.put(scriptTag('userengage-analytics.min.js', account)), ['C', 'D']],
    ] as const) {
      await page.goto(url)
      await page.waitForFunction(() => (window.plugin ?? window.UserEngageDestination) !== undefined)
      expect(
        await page.evaluate(() => {
          try {
            return String(localStorage)
          } catch (error) {
            return (error as Error).name
          }
        }),
      ).toBe('SecurityError')
      await trackAll(page, [...names])
      await expectAllOnce(account, [...names])
    }
    expect(errors).toEqual([])
  } finally {
    await browser.remove()
  }
})

test('the database of a later version is not touched, and calls are delivered', async ({
  page,
  site,
  shop,
  account,
}) => {
  await page.goto(site.put('<h1>Before</h1>'))
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('userengage', 99)
        opening.onupgradeneeded = () => opening.result.createObjectStore('other')
        opening.onsuccess = () => {
          opening.result.close()
          resolve()
        }
      }),
  )
  await enter(page, shop())
  await trackAll(page, ['A', 'B'])
  await expectAllOnce(account, ['A', 'B'])
})

test('edited entries and junk in the storages do not disturb the delivery', async ({
  page,
  shop,
  account,
}) => {
  const url = shop()
  await enter(page, url)
  account.line.cut()
  await trackAll(page, numbered('E', 6))
  await expect.poll(async () => (await stored(page)).database.length).toBe(6)
  await page.evaluate(async () => {
    const opening = indexedDB.open('userengage')
    await new Promise((resolve) => (opening.onsuccess = resolve))
    const records = opening.result.transaction('messages', 'readwrite').objectStore('messages')
    const reading = records.getAllKeys()
    const keys = await new Promise<string[]>(
      (resolve) => (reading.onsuccess = () => resolve(reading.result as string[])),
    )
    const [first = '', second = '', third = ''] = keys
    records.put('<!doctype html>', first)
    records.put('{"type":"track","messageId":7}', second)
    records.put({ not: 'a text' }, third)
    records.put('x', 'userengage:1:a:b:c')
    records.put('x', 'userengage:2:of:a:later:version')
    records.put('x', 42)
    localStorage.setItem(first.replace(/:track$/, ':tracks'), 'null')
    localStorage.setItem('userengage:1:', 'x')
    localStorage.setItem('userengage:2:of:a:later:version', 'x')
    await new Promise((resolve) => (records.transaction.oncomplete = resolve))
    opening.result.close()
  })
  await enter(page, url)
  account.line.mend()
  await page.evaluate(() => window.plugin.flush())
  await expectAllOnce(account, ['E4', 'E5', 'E6'])
  expect(await account.events()).toEqual(['E4', 'E5', 'E6'])
  await expect
    .poll(() => stored(page))
    .toEqual({ journal: [], database: ['42', 'userengage:2:of:a:later:version'] })
  expect(await page.evaluate(() => localStorage.getItem('userengage:2:of:a:later:version'))).toBe('x')
})

test('a call writes once to localStorage and opens no transaction, even if 2,000 messages wait', async ({
  openShop,
  account,
}) => {
  test.slow()
  const page = await openShop({ queue: { maxMessages: 5000 } })
  account.line.cut()
  const writes = () =>
    page.evaluate(() => {
      const { setItem } = Storage.prototype
      const keys: string[] = []
      Storage.prototype.setItem = function (key, value) {
        keys.push(key)
        setItem.call(this, key, value)
      }
      const { transaction } = IDBDatabase.prototype
      let transactions = 0
      IDBDatabase.prototype.transaction = function (...given) {
        transactions++
        return transaction.apply(this, given)
      }
      void window.analytics.track('Measured')
      Object.assign(Storage.prototype, { setItem })
      Object.assign(IDBDatabase.prototype, { transaction })
      return { journal: keys.filter((key) => key.startsWith('userengage:')).length, transactions }
    })
  expect(await writes()).toEqual({ journal: 1, transactions: 0 })
  await trackAll(page, numbered('E', 2000))
  await expect.poll(async () => (await stored(page)).database.length, { timeout: 30_000 }).toBe(2001)
  expect(await writes()).toEqual({ journal: 1, transactions: 0 })
})
