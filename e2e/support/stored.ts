/** The keys of all messages in the storages of the page's origin. This function runs in the page. */
export async function readStoredKeys(): Promise<{ journal: string[]; database: string[] }> {
  const journal = Object.keys(localStorage).filter((key) => key.startsWith('userengage:1:'))
  // To open a database that does not exist yet would create an empty one in the plugin's place.
  const databases = await indexedDB.databases()
  if (!databases.some(({ name }) => name === 'userengage')) return { journal, database: [] }
  const opening = indexedDB.open('userengage')
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const reading = database.objectStoreNames.contains('messages')
    ? database.transaction('messages').objectStore('messages').getAllKeys()
    : undefined
  const keys = await new Promise<string[]>((resolve) => {
    if (!reading) resolve([])
    else reading.onsuccess = () => resolve(reading.result.map(String))
  })
  database.close()
  return { journal, database: keys }
}
