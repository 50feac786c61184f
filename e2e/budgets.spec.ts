import { numbered, stored, track, trackAll } from './support/calls.ts'
import { stopClock } from './support/clock.ts'
import { enter, expect, test } from './support/fixtures.ts'

// The requests and the storage that the plugin costs. size-limit checks its size, `npm run bench` its time.

test('a page that tracks nothing asks the endpoint for nothing, and loads no parser', async ({
  page,
  shop,
  account,
}) => {
  await stopClock(page)
  const url = shop()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await enter(page, url)
  await page.clock.runFor(60_000)
  // All requests are for the page, its own scripts and the files of Analytics.js.
  expect(asked.filter((path) => path.startsWith('/api/') || path.includes('user-agent-parser'))).toEqual([])
  expect(await account.messages()).toEqual([])
})

test('ten events lead to ten requests and at most one preflight', async ({ openShop, account }) => {
  const page = await openShop()
  const made: string[] = []
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  devtools.on('Network.requestWillBeSent', ({ request, type }) => {
    if (request.url === account.endpoint) made.push(type === 'Preflight' ? 'OPTIONS' : request.method)
  })
  await trackAll(page, numbered('E', 10))
  await expect.poll(async () => (await account.events()).length).toBe(10)
  expect(made.filter((method) => method === 'POST')).toHaveLength(10)
  expect(made.filter((method) => method === 'OPTIONS').length).toBeLessThanOrEqual(1)
})

test('delivered messages leave no byte in the storages', async ({ openShop, account }) => {
  const page = await openShop()
  const before = await bytesOf(page)
  await trackAll(page, numbered('E', 50))
  await expect.poll(async () => (await account.events()).length).toBe(50)
  await expect.poll(() => stored(page)).toEqual({ journal: [], database: [] })
  expect(await bytesOf(page)).toBe(before)
})

test('a waiting message is stored once, with at most 200 characters more than are sent', async ({
  openShop,
  account,
}) => {
  const page = await openShop()
  account.line.cut()
  await trackAll(page, numbered('E', 20))
  await expect.poll(async () => (await stored(page)).database.length).toBe(20)
  await expect.poll(async () => (await stored(page)).journal).toEqual([])
  const kept = await databaseBytes(page)
  account.line.mend()
  await track(page, 'Last')
  await expect.poll(async () => (await account.events()).length).toBe(21)
  const bodies = (await account.messages())
    .filter(({ status, body }) => status === 200 && body.event !== 'Last')
    .map(({ body }) => JSON.stringify({ ...body, sentAt: undefined }).length)
  const sent = bodies.reduce((sum, length) => sum + length, 0)
  // The key of a message names the queue (endpoint and API key), the page session, the number and the age.
  expect(kept - sent).toBeLessThan(20 * 200)
})

test('a burst of 1,000 calls takes at most 2 MB of localStorage, and none once the database has them', async ({
  openShop,
  account,
}) => {
  test.slow()
  const page = await openShop()
  account.line.cut()
  // The first look is in the task that makes the calls, the last when the database has all messages.
  const most = await page.evaluate(() => {
    for (let index = 0; index < 1000; index++) void window.analytics.track(`E${index}`)
    return new Promise<number>((resolve) => {
      let most = 0
      const look = (): void => {
        const held = Object.entries(localStorage).filter(([key]) => key.startsWith('userengage:'))
        most = Math.max(
          most,
          held.reduce((sum, [key, value]) => sum + 2 * (key.length + value.length), 0),
        )
        if (held.length > 0) queueMicrotask(() => setTimeout(look))
        else resolve(most)
      }
      look()
    })
  })
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(2_000_000)
})

type Shop = Parameters<typeof stored>[0]

/** Bytes in localStorage under the plugin's names: two for a UTF-16 code unit. */
const bytesOf = (page: Shop): Promise<number> =>
  page.evaluate(() =>
    Object.entries(localStorage)
      .filter(([key]) => key.startsWith('userengage'))
      .reduce((sum, [key, value]) => sum + 2 * (key.length + value.length), 0),
  )

/** Characters of all messages in the database and of their keys. */
const databaseBytes = (page: Shop): Promise<number> =>
  page.evaluate(async () => {
    const opening = indexedDB.open('userengage')
    const database = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result)
    })
    const store = database.transaction('messages').objectStore('messages')
    const requests = [store.getAllKeys(), store.getAll()] as IDBRequest<unknown[]>[]
    const parts = await Promise.all(
      requests.map(
        (request) =>
          new Promise<unknown[]>((resolve) => {
            request.onsuccess = () => resolve(request.result)
          }),
      ),
    )
    database.close()
    return parts.flat().reduce<number>((sum, part) => sum + String(part).length, 0)
  })
