import type { JsonObject } from './message.ts'

/** Whether a value is an object in the sense of JSON: neither `null` nor an array. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object's fields, without those that are empty: `undefined`, `null` or `''`. */
export type NonEmpty<T> = { [K in keyof T]?: NonNullable<T[K]> }

/**
 * A copy of `object` without its empty fields.
 *
 * @example
 * omitEmpty({ name: 'macOS', version: undefined }) // { name: 'macOS' }
 */
export const omitEmpty = <T extends object>(object: T): NonEmpty<T> =>
  Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as NonEmpty<T>

/** A copy of `object` without the field `key`. */
export function omitKey(object: JsonObject, key: string): JsonObject {
  const { [key]: _, ...others } = object
  return others
}
