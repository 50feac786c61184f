import type { JsonObject, Message } from '../../protocol/message.ts'
import type { Store } from '../database/store.ts'
import type { UserRow } from '../database/users.ts'
import type { Change } from '../rules/change.ts'
import { personasOf } from '../rules/personas.ts'
import type { AttributeChanges, Holder } from './attribute-changes.ts'

/** What the four rules are given: a message of one user, on its way into the store. */
export interface Visit {
  store: Store
  app: string
  /** As the profile was when the message came. */
  user: Holder & Pick<UserRow, 'custom_id' | 'page_views' | 'last_seen'>
  /** When the call was made, ISO 8601 UTC. */
  timestamp: string
  /** What the message's context says of the profile. */
  context: Map<string, unknown>
  attributes: AttributeChanges
  /** What the message did so far, in order. */
  changes: Change[]
}

/** Context fields are applied by `identify` and `page`, where present. */
export function setContext({ user, context, attributes }: Visit): void {
  for (const [name, value] of context) attributes.set(user, name, value)
}

/** Traits that Personas computed are attributes like any other; where they come from is told beside them. */
export function tellPersonas({ changes }: Visit, context: Message['context'], traits: JsonObject): void {
  const personas = personasOf(context, traits)
  if (personas) changes.push({ kind: 'personas', ...personas })
}
