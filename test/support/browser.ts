/** A `Storage` with as much room as the test gives it. */
export class FakeStorage {
  static room = Number.POSITIVE_INFINITY

  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(Reflect.get(this, key)) : null
  }
  setItem(key: string, value: string): void {
    const before = this.getItem(key)
    const more = key.length + value.length - (before === null ? 0 : key.length + before.length)
    if (this.size() + more > FakeStorage.room) throw new DOMException('full', 'QuotaExceededError')
    Reflect.set(this, key, value)
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key)
  }
  clear(): void {
    for (const key of Object.keys(this)) this.removeItem(key)
  }
  /** In UTF-16 code units of keys and values. */
  size(): number {
    return Object.entries(this).reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  }
}

let page = new EventTarget()

/** Gives the page a `localStorage`, and events. */
export function installStorage(): FakeStorage {
  FakeStorage.room = Number.POSITIVE_INFINITY
  page = new EventTarget()
  const storage = new FakeStorage()
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: storage })
  globalThis.addEventListener = page.addEventListener.bind(page) as typeof globalThis.addEventListener
  return storage
}

/** From now on it is an error to touch the storage. */
export function forbidStorage(): void {
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get() {
      throw new DOMException('forbidden', 'SecurityError')
    },
  })
}

/** Another tab changes the storage, and this page hears of it. The key `null` says that the tab has cleared it. */
export function byAnotherTab(storage: FakeStorage, key: string | null, newValue: string | null): void {
  const oldValue = key === null ? null : storage.getItem(key)
  if (key === null) storage.clear()
  else if (newValue === null) storage.removeItem(key)
  else storage.setItem(key, newValue)
  page.dispatchEvent(Object.assign(new Event('storage'), { key, oldValue, newValue }))
}
