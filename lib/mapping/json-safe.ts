import type { Json } from '../../protocol/message.ts'

/** Deeper than this, a value is cut as a cycle is: neither `JSON.stringify` nor a receiver's parser survives any depth. */
const deepest = 1000

/**
 * A copy of `value` that JSON can carry, whatever the page passed; `undefined` where nothing of it can be carried.
 *
 * As `JSON.stringify` does: `toJSON` is honoured (so a Date becomes an ISO string), `undefined`, functions and symbols
 * are left out, inside an array they are `null`, and numbers that JSON lacks are `null`. Where `JSON.stringify` would
 * throw or never end: a `BigInt` becomes a string, a cycle is cut, a getter or `toJSON` that throws leaves out its
 * field, and so do nodes and windows of the DOM.
 *
 * @example
 * jsonSafe({ at: new Date(0), big: 10n, run() {}, n: NaN }) // { at: '1970-01-01T00:00:00.000Z', big: '10', n: null }
 */
export function jsonSafe(value: unknown): Json | undefined {
  const ancestors = new Set<object>()

  const safe = (given: unknown, key: string): Json | undefined => {
    if (typeof given === 'bigint') return String(given)
    const plain = unboxed(
      typeof (given as Jsonable)?.toJSON === 'function' ? (given as Jsonable).toJSON(key) : given,
    )
    switch (typeof plain) {
      case 'string':
      case 'boolean':
        return plain
      case 'number':
        return Number.isFinite(plain) ? plain : null
      case 'bigint':
        return String(plain)
      case 'object':
        return plain && container(plain)
      default:
        return undefined
    }
  }

  const container = (object: object): Json | undefined => {
    if (ancestors.has(object) || ancestors.size === deepest || isOfThePage(object)) return undefined
    ancestors.add(object)
    try {
      if (Array.isArray(object))
        return Array.from({ length: object.length }, (_, index) => field(object, String(index)) ?? null)
      // `fromEntries` defines properties: a key named `__proto__` stays an ordinary key.
      return Object.fromEntries(
        Object.keys(object).flatMap((key) => {
          const kept = field(object, key)
          return kept === undefined ? [] : [[key, kept]]
        }),
      )
    } finally {
      ancestors.delete(object)
    }
  }

  const field = (object: object, key: string): Json | undefined => {
    try {
      return safe((object as Record<string, unknown>)[key], key)
    } catch {
      return undefined
    }
  }

  return field({ value }, 'value')
}

interface Jsonable {
  toJSON(key: string): unknown
}

const unboxed = (value: unknown): unknown =>
  value instanceof String || value instanceof Number || value instanceof Boolean || value instanceof BigInt
    ? value.valueOf()
    : value

/** Nodes and windows lead to the whole page. Told by their shape: they may come from another frame. */
function isOfThePage(object: { nodeType?: unknown; nodeName?: unknown; window?: unknown }): boolean {
  try {
    return (
      object.window === object || (typeof object.nodeType === 'number' && typeof object.nodeName === 'string')
    )
  } catch {
    return false
  }
}
