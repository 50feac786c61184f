import type { Page } from '@playwright/test'

/** Copies the one message that waits in the database: as if `pages` pages had left `count` messages behind. */
export const multiplyBacklog = (page: Page, count: number, pages: number): Promise<void> =>
  page.evaluate(
    async ([wanted, leases]) => {
      const opening = indexedDB.open('userengage')
      await new Promise((resolve) => {
        opening.onsuccess = resolve
      })
      const store = opening.result.transaction('messages', 'readwrite').objectStore('messages')
      const reading = [store.getAllKeys(), store.getAll()] as const
      await new Promise((resolve) => {
        reading[1].onsuccess = resolve
      })
      const [key, text] = reading.map(({ result }) => String(result[0])) as [string, string]
      store.clear()
      for (let index = 0; index < wanted; index++) {
        const [format, version, endpoint, apiKey, lease = '', , expires, type] = key.split(':')
        const page = lease.slice(0, -4) + String(index % leases).padStart(4, '0')
        const place = Math.floor(index / leases)
          .toString(36)
          .padStart(6, '0')
        const message = { ...JSON.parse(text), messageId: `copy-${index}`, event: `E${index}` }
        store.put(
          JSON.stringify(message),
          [format, version, endpoint, apiKey, page, place, expires, type].join(':'),
        )
      }
      await new Promise((resolve) => {
        store.transaction.oncomplete = resolve
      })
      opening.result.close()
    },
    [count, pages] as const,
  )
