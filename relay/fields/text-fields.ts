import type { Json, JsonObject } from '../../protocol/message.ts'
import { fieldText } from '../../protocol/values/convert.ts'
import type { Omit } from '../delivery/result.ts'

/** Values for REST's fields and attributes: fields under its own names, and the customer's own attributes. */
export interface Fields {
  standard: JsonObject
  custom: JsonObject
}

/** What is given for fields that are texts; what is none is left out. */
export function textFields(
  given: Record<string, Json | undefined>,
  omit: Omit,
): Record<string, string | null> {
  const texts: Record<string, string | null> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const held = fieldText(value)
    if ('value' in held) texts[name] = held.value as string | null
    else omit(name, held.reason)
  }
  return texts
}
