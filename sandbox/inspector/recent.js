/**
 * The newest entries of a log on the server, each read into an item.
 *
 * They are bounded, because the page may stay open all day. Older entries that the reader loads extend the bound.
 *
 * @template {{ id: number, receivedAt: string }} Entry
 * @template {{ entry: Entry }} Item
 * @param {number} capacity
 * @param {() => { read: (entry: Entry) => Item, forget: (item: Item) => void }} createReader
 */
export function createRecent(capacity, createReader) {
  /** @type {Map<number, Item>} oldest first */
  let items = new Map()
  let reader = createReader()
  let room = capacity
  let lastId = 0
  /** Whether the server has no older entry. */
  let isWhole = true

  /** Returns nothing for an entry that is here already: a stream that reconnects may repeat one. @param {Entry} entry */
  function add(entry) {
    if (items.has(entry.id)) return undefined
    const item = reader.read(entry)
    items.set(entry.id, item)
    lastId = entry.id
    const [oldest] = items.values()
    if (oldest && items.size > room) {
      items.delete(oldest.entry.id)
      reader.forget(oldest)
      isWhole = false
    }
    return item
  }

  return {
    add,
    /**
     * Adds entries before the oldest one.
     *
     * @param {Entry[]} older oldest first
     * @param {boolean} reachesFirst whether they begin with the first entry of all
     */
    addOlder(older, reachesFirst) {
      const entries = [...older, ...[...items.values()].map(({ entry }) => entry)]
      room += older.length
      items = new Map()
      reader = createReader()
      for (const entry of entries) add(entry)
      isWhole = reachesFirst
    },
    get: (/** @type {number} */ id) => items.get(id),
    lastId: () => lastId,
    firstId: () => [...items.keys()][0] ?? 0,
    isWhole: () => isWhole,
    newestFirst: () => [...items.values()].reverse(),
    /** The time since which no entry is missing, in ISO 8601; empty if none is. */
    completeSince: () => (isWhole ? '' : ([...items.values()][0]?.entry.receivedAt ?? '')),
  }
}
