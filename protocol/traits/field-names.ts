import type { Json, JsonObject } from '../message.ts'

/**
 * A name as it is compared: without regard to case and to everything but letters and digits, because customers write
 * Segment's reserved traits in any casing (https://segment.com/docs/connections/spec/identify/).
 */
export const comparable = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** UserEngage's name for a comparable spelling, e.g. `phone` for `phonenumber`; `undefined` where it has none. */
export type FieldNames = (spelling: string) => string | undefined

/**
 * The spellings by which fields are known. They are gathered as they are first asked for: most pages identify nobody, and
 * need not pay for it as they start.
 *
 * @example
 * fieldNames({ phone: ['phoneNumber'] }) // knows `phone`, `Phone`, `phone_number`, `PhoneNumber`, …
 */
export function fieldNames(spellings: Record<string, readonly string[]>): FieldNames {
  let names: Map<string, string> | undefined
  const gathered = (): Map<string, string> =>
    new Map(
      Object.entries(spellings).flatMap(([name, others]) =>
        [name, ...others].map((spelling): [string, string] => [comparable(spelling), name]),
      ),
    )
  return (spelling) => {
    names ??= gathered()
    return names.get(spelling)
  }
}

/**
 * `object` with its known fields under their own names, in place of the spellings they came in.
 * Of several spellings the exact name wins, even with `null`; else the first. Other fields are left as they are.
 */
export function renameFields(object: JsonObject, names: FieldNames): JsonObject {
  const renamed = new Map<string, Json>()
  for (const [given, value] of Object.entries(object)) {
    const name = names(comparable(given)) ?? given
    if (name === given || !(renamed.has(name) || Object.hasOwn(object, name))) renamed.set(name, value)
  }
  return Object.fromEntries(renamed)
}
