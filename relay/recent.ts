/** A map that keeps the most recently used entries, and forgets the oldest beyond `limit`. */
export function createRecent<Value>(limit: number) {
  const entries = new Map<string, Value>()
  function set(key: string, value: Value): void {
    entries.delete(key)
    entries.set(key, value)
    if (entries.size > limit) entries.delete(entries.keys().next().value as string)
  }
  return {
    set,
    get(key: string): Value | undefined {
      const value = entries.get(key)
      if (value !== undefined) set(key, value)
      return value
    },
  }
}
