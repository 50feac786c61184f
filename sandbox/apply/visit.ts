import type { JsonObject, Message } from '../../protocol/message.ts'
import type { Store } from '../database/store.ts'
import type { UserRow } from '../database/users.ts'
import type { Change } from '../rules/change.ts'
import { personasOf } from '../rules/personas.ts'
import type { AttributeChanges, Holder } from './attribute-changes.ts'

/** One message of one user, as `identify`, `page`, `track` and `group` apply it to the store. */
export interface Visit {
  store: Store
  app: string
  /** The profile before the message. */
  user: Holder & Pick<UserRow, 'custom_id' | 'page_views' | 'last_seen'>
  /** When the call was made, ISO 8601 UTC. */
  timestamp: string
  /** Values for fields of the profile, from the message's context. */
  contextFields: Map<string, unknown>
  attributes: AttributeChanges
  /** The changes that the message made so far, in order. */
  changes: Change[]
}

/** Sets the fields that the context contains. UserEngage does so for `identify` and `page`. */
export function setContextFields({ user, contextFields, attributes }: Visit): void {
  for (const [name, value] of contextFields) attributes.set(user, name, value)
}

/** Records that Segment Personas computed a trait. The trait itself is an attribute like any other. */
export function recordPersonas({ changes }: Visit, context: Message['context'], traits: JsonObject): void {
  const personas = personasOf(context, traits)
  if (personas) changes.push({ kind: 'personas', ...personas })
}
