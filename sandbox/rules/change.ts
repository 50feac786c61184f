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

/** Whose attribute it is. */
export type Owner = 'user' | 'company' | 'event'
