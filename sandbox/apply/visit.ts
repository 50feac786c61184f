import type { Store } from '../database/store.ts'
import type { Change } from '../rules/change.ts'
import type { AttributeChanges, Holder } from './attribute-changes.ts'

/** What the four rules are given: a message of one user, on its way into the store. */
export interface Visit {
  store: Store
  app: string
  user: Holder & { custom_id: string }
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
