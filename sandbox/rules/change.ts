/** What a message or a REST request did, one fact each, as the inspector tells it. Null: without an id of the customer's. */
export type Change =
  | { kind: 'user'; custom_id: string | null; created: boolean }
  | { kind: 'company'; custom_id: string | null; created: boolean }
  | { kind: 'product'; custom_id: string | null; created: boolean }
  | { kind: 'member'; company: string | null; user: string | null }
  | { kind: 'member_left'; company: string | null; user: string | null }
  | { kind: 'user_deleted'; custom_id: string | null }
  | { kind: 'users_merged'; into: string | null; merged: (string | null)[] }
  | { kind: 'tag'; of: Owner; name: string }
  | { kind: 'product_event'; event_type: string; product: string | null }
  | { kind: 'event'; name: string }
  | { kind: 'page_view'; url: string | null }
  | { kind: 'definition'; of: Owner; name: string; type: string }
  | { kind: 'attribute'; of: Owner; name: string; before: unknown; after: unknown }
  | { kind: 'ignored'; of: Owner; name: string; value: unknown; reason: string }
  /** Kept, but UserEngage itself may not: `reason` says why. */
  | { kind: 'warning'; of: Owner; name: string; value: unknown; reason: string }
  | ({ kind: 'personas' } & Personas)

/** Whose attribute it is. */
export type Owner = 'user' | 'company' | 'event' | 'product'

/** What Segment Personas computed, and sent as an attribute called `name`. */
export interface Personas {
  computation: 'trait' | 'audience'
  name: string
  /** Of an audience: whether the user is in it now. Absent where the message does not say. */
  member?: boolean
}
