import type { JsonObject } from '../../protocol/message.ts'
import type { Call } from './call.ts'

/** Names of version 1, and what version 2 calls the same (https://apidocs.user.com, "Previously: …"). */
export const oldNames = {
  user: { user_id: 'custom_id', key: 'user_key', company_id: 'company_custom_id' },
  company: { company_id: 'custom_id', approx_employees: 'size' },
  event: { client: 'user_id', user_id: 'user_custom_id' },
} as const satisfies Record<string, Record<string, string>>

/** The body with the names of version 2, whichever it came with. A name that its version does not have goes. */
export function withNewNames({ version, body }: Call, names: Record<string, string>): JsonObject {
  if (version === 2) return body
  const newOnly = Object.values(names).filter((name) => !Object.hasOwn(names, name))
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => !newOnly.includes(name))
      .map(([name, value]) => [Object.hasOwn(names, name) ? (names[name] as string) : name, value]),
  )
}

/** An answer with the names of version 1. */
export function withOldNames(answer: object, names: Record<string, string>): object {
  const old = new Map(Object.entries(names).map(([before, now]) => [now, before]))
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [old.get(name) ?? name, value]))
}
