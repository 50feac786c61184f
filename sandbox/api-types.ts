/** The JSON with which the sandbox's own API answers. The server and the inspector share these types. Types only. */
import type { Change } from './rules/change.ts'
import type { AttributeDefinition } from './rules/definition.ts'
import type { FieldGroups } from './rules/field-groups.ts'

export type { Change } from './rules/change.ts'
export type { AttributeDefinition } from './rules/definition.ts'
export type { Fault } from './rules/fault.ts'
export type { FieldGroups } from './rules/field-groups.ts'

/** One customer's account. */
export interface App {
  id: string
  name: string
  /** The newest of its keys, or the key by which a request found the app. */
  apiKey: string
  /** For `/api/public/`. */
  token: string
  /** Whether `apiKey` is revoked. */
  revoked: boolean
  /** Trusted domains; an empty list trusts all. */
  domains: string[]
}

/** A "Segment API key" as the settings list it. */
export interface ApiKey {
  key: string
  revoked: boolean
  /** ISO 8601; null for the key of the demo app. */
  createdAt: string | null
}

/** One request to the Segment endpoint, as the log keeps it. */
export interface Entry {
  /** Later entries have higher ids. */
  id: number
  /** ISO 8601. */
  receivedAt: string
  /** The HTTP status of the answer; 0 if the connection was cut or the answer lost. */
  status: number
  /** Whether the same `messageId` was applied before. */
  repeated: boolean
  /** With names in lower case. */
  headers: Record<string, string>
  /** The parsed JSON, or the text if it is not JSON. */
  body: unknown
  /** The changes that the message made, in order. */
  changes: Change[]
  /** The message of an answer that has one: the reason of a refusal, for example. */
  answer: string | null
}

/** The interface by which a value came: the Segment endpoint or the REST API. */
export type Source = 'segment' | 'rest'

/** A company of which a user is a member. */
export interface Membership {
  id: number
  /** Null if the REST API created the company without an id. */
  custom_id: string | null
  name: string | null
  member_since: string
}

/** A profile, flat as the public API answers: fields, companies and custom attributes. */
export interface Profile {
  id: number
  /** Null if the REST API created the user without an id. */
  custom_id: string | null
  email: string | null
  name: string | null
  first_name: string | null
  last_name: string | null
  page_views: number
  first_seen: string
  last_seen: string | null
  companies: Membership[]
  [field: string]: unknown
}

/** A company, flat as the public API answers: `employees` is the trait, `members` are the people. */
export interface Company {
  id: number
  custom_id: string | null
  name: string | null
  members: { id: number; custom_id: string | null }[]
  [field: string]: unknown
}

/** The beginning of a list: `found` of its `total` items match, and `items` are the first of those. */
export interface Part<Item> {
  total: number
  found: number
  items: Item[]
}

/** A line in the inspector's list of profiles. */
export interface Person {
  id: number
  /** Null if the REST API created the user without an id. */
  custom_id: string | null
  /** UserEngage's own key of a user. */
  user_key: string
  email: string | null
  name: string | null
  page_views: number
  last_seen: string | null
}

/** One event, page view or product event of a person. */
export interface Moment {
  type: 'track' | 'page' | 'product'
  id: number
  /** The name of the event, or the type of the product event; null for a page view. */
  name: string | null
  /** ISO 8601. */
  timestamp: string
  /** Of a product event: `{product: {id, custom_id, name}, custom_data}`. */
  data: Record<string, unknown>
}

/** The activity of a person in one hour of UTC, such as `2026-11-24T12`. */
export interface Hour {
  hour: string
  events: number
  views: number
  products: number
}

export interface PersonDetail {
  profile: Profile
  fields: FieldGroups
  /** The source of each value of the profile that a message or a request set, by name. */
  sources: Record<string, Source>
  /** What only the REST API shows of a user. */
  rest: { user_key: string; status: 'visitor' | 'user'; tags: string[] }
  /** The newest first, and not all. */
  moments: Moment[]
  /** The hours with activity, oldest first. */
  hours: Hour[]
}

/** The names that the conditions of the list of profiles offer. */
export interface ConditionNames {
  events: string[]
  attributes: string[]
}

/** A line in the inspector's list of companies. */
export interface CompanyLine {
  id: number
  custom_id: string | null
  name: string | null
  employees: string | number | null
  members: number
}

export interface Member {
  custom_id: string | null
  user_key: string
  since: string
}

export interface CompanyDetail {
  company: Company
  fields: FieldGroups
  /** The source of each value of the company that a message or a request set, by name. */
  sources: Record<string, Source>
  members: Part<Member>
}

/** A defined event with how often it occurred and the names of its attributes. */
export interface EventDefinition {
  name: string
  count: number
  attributes: string[]
}

/** `used` of the `of` profiles, companies or occurrences have a value. */
export interface Usage {
  used: number
  of: number
}

/** A defined attribute as the inspector's settings list it. */
export interface UsedDefinition extends AttributeDefinition {
  id: number
  usage: Usage
}
