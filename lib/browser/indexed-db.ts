import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { everyQueue } from '../delivery/entry-key.ts'
import type { Database } from '../delivery/ports.ts'
import { surplus } from '../delivery/surplus.ts'
import { whenIdle } from './idle.ts'

interface Schema extends DBSchema {
  messages: { key: string; value: string }
}

const databaseName = 'userengage'

/** Whether the database exists. Where the browser cannot say, it may. Never rejects. */
async function isDatabaseThere(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === databaseName)
  } catch {
    return true
  }
}

/**
 * The messages of all queues of the site in IndexedDB. Where it exists, it is opened in an idle moment, so that the start of a
 * page does not pay; else it is made as the first message needs it. It stays open: opened on demand, it comes too late for
 * a page that ends.
 */
export function openDatabase(): Database {
  let connecting: Promise<IDBPDatabase<Schema>> | undefined

  function disconnect(): void {
    connecting = undefined
  }

  const open = (): Promise<IDBPDatabase<Schema>> =>
    openDB<Schema>(databaseName, 1, {
      upgrade: (database) => void database.createObjectStore('messages'),
      // The site, or a later version, wants to delete or upgrade it, which has to wait for all connections.
      blocking() {
        void connecting?.then((database) => database.close())
        disconnect()
      },
      // The browser has closed the connection: the next use opens it again.
      terminated: disconnect,
    })

  function connect(): Promise<IDBPDatabase<Schema>> {
    connecting ??= open().catch((error) => {
      disconnect()
      throw error
    })
    return connecting
  }

  return {
    async write(puts, deletes) {
      const { store, done } = (await connect()).transaction('messages', 'readwrite')
      for (const key of deletes) void store.delete(key).catch(() => {})
      for (const [key, text] of puts) void store.put(text, key).catch(() => {})
      // Told to commit, a transaction survives the end of the page better than one that ends by itself.
      store.transaction.commit()
      await done
    },
    async keys() {
      if (!connecting) {
        await whenIdle()
        // Most visitors have none: what the endpoint takes at once is never written to it. To make an empty one costs more
        // than all else that the start of a page does with storage.
        if (!connecting && !(await isDatabaseThere())) return []
      }
      return (await connect()).getAllKeys('messages', under(everyQueue))
    },
    async read(prefix, after, limit) {
      const range = IDBKeyRange.bound(after || prefix, `${prefix}\uffff`, after !== '')
      const { store } = (await connect()).transaction('messages')
      const [keys, texts] = await Promise.all([store.getAllKeys(range, limit), store.getAll(range, limit)])
      return keys.map((key, index) => [key, String(texts[index])])
    },
    async trim(prefix, max, isSpared) {
      const database = await connect()
      if ((await database.count('messages', under(prefix))) <= max) return []
      const { store, done } = database.transaction('messages', 'readwrite')
      const keys = await store.getAllKeys(under(prefix))
      const rows = await surplus(keys, max, isSpared, async (key) => String(await store.get(key)))
      for (const [key] of rows) void store.delete(key).catch(() => {})
      await done
      return rows
    },
  }
}

const under = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`)
