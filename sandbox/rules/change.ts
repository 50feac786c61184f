/** What a message did, one fact each, as the inspector tells it. */
export type Change =
  | { kind: 'user'; custom_id: string; created: boolean }
  | { kind: 'company'; custom_id: string; created: boolean }
  | { kind: 'member'; company: string; user: string }
  | { kind: 'event'; name: string }
  | { kind: 'page_view'; url: string | null }
  | { kind: 'definition'; of: Owner; name: string; type: string }
  | { kind: 'attribute'; of: Owner; name: string; before: unknown; after: unknown }
  | { kind: 'ignored'; of: Owner; name: string; value: unknown; reason: string }
  /** Kept, but UserEngage itself may not: `reason` says why. */
  | { kind: 'warning'; of: Owner; name: string; value: unknown; reason: string }
  | ({ kind: 'personas' } & Personas)

/** Whose attribute it is. */
export type Owner = 'user' | 'company' | 'event'

/** What Segment Personas computed, and sent as an attribute called `name`. */
export interface Personas {
  computation: 'trait' | 'audience'
  name: string
  /** Of an audience: whether the user is in it now. Absent where the message does not say. */
  member?: boolean
}
