/**
 * An equal copy of a call's payload: what the page does with its own objects afterwards no longer matters.
 *
 * Plain objects, arrays and dates are copied; everything else (nodes, functions, instances of classes) is the same
 * object as before, so that other destinations see what they would have seen. A getter is replaced by its value,
 * unless it throws: then it stays.
 */
export function snapshot<T>(value: T): T {
  const copies = new Map<object, unknown>()

  const copy = (given: unknown, depth: number): unknown => {
    if (typeof given !== 'object' || given === null || depth > 1000) return given
    if (copies.has(given)) return copies.get(given)
    if (Array.isArray(given)) {
      const twin: unknown[] = []
      copies.set(given, twin)
      for (const element of given) twin.push(copy(element, depth + 1))
      return twin
    }
    if (given instanceof Date) return new Date(given)
    const prototype: unknown = Object.getPrototypeOf(given)
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return given
    const twin: object = Object.create(prototype as object | null)
    copies.set(given, twin)
    for (const key of Object.keys(given)) {
      let property: PropertyDescriptor = { enumerable: true, configurable: true, writable: true }
      try {
        property.value = copy((given as Record<string, unknown>)[key], depth + 1)
      } catch {
        property = Object.getOwnPropertyDescriptor(given, key) ?? {}
      }
      Object.defineProperty(twin, key, property)
    }
    return twin
  }

  try {
    return copy(value, 0) as T
  } catch {
    return value
  }
}
