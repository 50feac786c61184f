/** What the sandbox's interface answers, as far as the inspector reads it. Types only. */

/** One customer's account. */
export interface App {
  id: string
  name: string
  apiKey: string
  /** For `/api/public/`. */
  token: string
  revoked: boolean
  domains: string[]
}

/** One request to the Segment endpoint, with what became of it. */
export interface Entry {
  id: number | string
  receivedAt: string
  /** 0: the connection was cut, or the answer lost. */
  status: number
  repeated: boolean
  headers: Record<string, string>
  /** The parsed JSON, or the text where it was none: anything at all. */
  body: unknown
  changes?: Change[]
}

type Owner = 'user' | 'company' | 'event'

/** One thing that a message did. */
export type Change =
  | { kind: 'user'; custom_id: string; created: boolean }
  | { kind: 'company'; custom_id: string; created: boolean }
  | { kind: 'member'; company: string; user: string }
  | { kind: 'attribute'; of: Owner; name: string; before?: unknown; after?: unknown }
  | { kind: 'ignored'; of: Owner; name: string; value: unknown; reason: string }
  | { kind: 'definition'; of: Owner; name: string; type: string }
  | { kind: 'event'; name: string }
  | { kind: 'page_view'; url: string | null }

export interface Membership {
  id: number
  custom_id: string
  name: string | null
  member_since: string | null
}

/** Flat: the standard fields, and the custom attributes beside them. */
export interface Profile {
  id: number
  custom_id: string | null
  email: string | null
  name: string | null
  first_name: string | null
  last_name: string | null
  page_views: number
  last_seen: string | null
  companies: Membership[]
  [field: string]: unknown
}

export interface Company {
  id: number
  custom_id: string
  name: string | null
  employees: unknown
  members: { id: number; custom_id: string }[]
  [field: string]: unknown
}

export interface EventDefinition {
  name: string
  count: number
  attributes: string[]
}

export interface Occurrence {
  id: number
  name: string
  /** UNIX seconds. */
  timestamp: number
  data: Record<string, unknown>
}

export interface PageView {
  id: number
  url: string | null
  referer: string | null
  title: string | null
  /** ISO. */
  timestamp: string
}
