import { createStore, promisifyRequest, type UseStore } from 'idb-keyval'
import { everyQueue, expendable } from '../delivery/entry.ts'
import type { Database } from '../delivery/ports.ts'

/**
 * The messages of all queues of the site in IndexedDB. It is opened at once and kept open: opened on demand, it comes
 * too late for a page that ends.
 */
export function openDatabase(): Database {
  const store = createStore('userengage', 'messages')
  // `use` opens it. Where IndexedDB is forbidden, that throws; here and wherever it is used, it rejects.
  const use: UseStore = async (mode, change) => store(mode, change)
  use('readonly', ({ transaction: { db } }) => {
    // The site may delete it, which has to wait for all connections.
    db.onversionchange = () => db.close()
  }).catch(() => {})

  /** Told to commit, a transaction survives the end of the page better than one that ends by itself. */
  const write = async (
    { size }: { size: number },
    change: (records: IDBObjectStore) => void,
  ): Promise<void> =>
    size > 0
      ? use('readwrite', (records) => {
          change(records)
          records.transaction.commit()
          return promisifyRequest(records.transaction)
        })
      : undefined

  return {
    put: (texts) =>
      write(texts, (records) => {
        for (const [key, text] of texts) records.put(text, key)
      }),
    delete: (keys) =>
      write(keys, (records) => {
        for (const key of keys) records.delete(key)
      }),
    has: async (key) => (await use('readonly', (records) => promisifyRequest(records.count(key)))) > 0,
    keys: () => use('readonly', (records) => keysUnder(everyQueue, records)),
    read: (prefix) =>
      use('readonly', async (records) => {
        const [keys, texts] = await Promise.all([
          keysUnder(prefix, records),
          promisifyRequest<string[]>(records.getAll(under(prefix))),
        ])
        return keys.map((key, index) => [key, texts[index] as string])
      }),
    async trim(prefix, max, spare) {
      const count = await use('readonly', (records) => promisifyRequest(records.count(under(prefix))))
      if (count <= max) return []
      return use('readwrite', async (records) => {
        const keys = await keysUnder(prefix, records)
        const trimmed = expendable(
          keys.filter((key) => !spare(key)),
          keys.length - max,
        )
        return Promise.all(
          trimmed.map(async (key): Promise<[string, string]> => {
            const text = promisifyRequest<string>(records.get(key))
            records.delete(key)
            return [key, await text]
          }),
        )
      })
    },
  }
}

const under = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`)

/** A key under such a prefix is a text. */
const keysUnder = (prefix: string, records: IDBObjectStore): Promise<string[]> =>
  promisifyRequest(records.getAllKeys(under(prefix)) as IDBRequest<string[]>)
