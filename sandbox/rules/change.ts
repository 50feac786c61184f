/**
 * One change that a message or a REST request made, or one value that it failed to change. An id is null if its user,
 * company or product has no `custom_id`.
 */
export type Change =
  | { kind: 'user'; custom_id: string | null; created: boolean }
  | { kind: 'company'; custom_id: string | null; created: boolean }
  | { kind: 'product'; custom_id: string | null; created: boolean }
  | { kind: 'member'; company: string | null; user: string | null }
  | { kind: 'member_left'; company: string | null; user: string | null }
  | { kind: 'user_deleted'; custom_id: string | null }
  | { kind: 'company_deleted'; custom_id: string | null }
  | { kind: 'users_merged'; into: string | null; merged: (string | null)[] }
  | { kind: 'tag'; of: Owner; name: string }
  | { kind: 'product_event'; event_type: string; product: string | null }
  | { kind: 'event'; name: string }
  | { kind: 'page_view'; url: string | null }
  | { kind: 'definition'; of: Owner; name: string; type: string }
  | { kind: 'attribute'; of: Owner; name: string; before: unknown; after: unknown }
  | { kind: 'ignored'; of: Owner; name: string; value: unknown; reason: string }
  /** The sandbox kept the value, but UserEngage itself may not: `reason` says why. */
  | { kind: 'warning'; of: Owner; name: string; value: unknown; reason: string }
  | ({ kind: 'personas' } & Personas)

/** The kind of thing that has the attribute. */
export type Owner = 'user' | 'company' | 'event' | 'product'

/** A trait or audience that Segment Personas computed and sent as the attribute `name`. */
export interface Personas {
  computation: 'trait' | 'audience'
  name: string
  /** Whether the user is in the audience now. Absent for a trait, and if the message does not say. */
  member?: boolean
}
