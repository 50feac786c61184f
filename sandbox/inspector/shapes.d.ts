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
  /** What the answer said, as far as it said anything. */
  answer?: string | null
}

type Owner = 'user' | 'company' | 'event'

/** One thing that a message did. */
export type Change =
  | { kind: 'user'; custom_id: string; created: boolean }
  | { kind: 'company'; custom_id: string; created: boolean }
  | { kind: 'member'; company: string; user: string }
  | { kind: 'attribute'; of: Owner; name: string; before?: unknown; after?: unknown }
  | { kind: 'ignored'; of: Owner; name: string; value: unknown; reason: string }
  | { kind: 'warning'; of: Owner; name: string; value: unknown; reason: string }
  | { kind: 'personas'; computation: 'trait' | 'audience'; name: string; member?: boolean }
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

/** A part of a list: `found` of `total` match, and `items` are the first of them. */
export interface Part<Item> {
  total: number
  found: number
  items: Item[]
}

/** A line in the list of profiles. */
export interface Person {
  id: number
  custom_id: string
  email: string | null
  name: string | null
  page_views: number
  last_seen: string | null
}

/** One thing that a person did; `name` is that of an event. */
export interface Moment {
  type: 'track' | 'page'
  id: number
  name: string | null
  /** ISO. */
  timestamp: string
  data: Record<string, unknown>
}

/** How often a person did something in an hour of UTC, such as `2026-11-24T12`. */
export interface Hour {
  hour: string
  events: number
  views: number
}

export interface PersonDetail {
  profile: Profile
  /** The newest first, and not all. */
  moments: Moment[]
  hours: Hour[]
}

export interface CompanyLine {
  custom_id: string
  name: string | null
  employees: string | number | null
  members: number
}

export interface CompanyDetail {
  id: number
  custom_id: string
  name: string | null
  members: Part<{ custom_id: string; since: string }>
  [field: string]: unknown
}

export interface EventDefinition {
  name: string
  count: number
  attributes: string[]
}

export interface NewDefinition {
  content_type: 'clientuser' | 'company' | 'event'
  name: string
  value_type: string
  choices: string[]
  /** Of an event's attribute: which event; empty: every one. */
  event: string
}

export interface Definition extends NewDefinition {
  id: number
  /** How many have a value, of those that were looked at. */
  usage: { used: number; of: number }
}

export interface ApiKey {
  key: string
  revoked: boolean
  createdAt: string | null
}

/** What shall happen to the next messages. */
export interface Fault {
  status?: number
  /** Seconds. */
  retryAfter?: number
  delayMs?: number
  drop?: boolean
  loseAnswer?: boolean
  times?: number
}
