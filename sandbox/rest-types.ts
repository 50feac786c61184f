/** The JSON with which the sandbox's own API answers about the REST API and about products. Types only. */
import type { Part } from './api-types.ts'
import type { Change } from './rules/change.ts'

/** One request to the REST API, as the log keeps it. */
export interface RestEntry {
  /** Later entries have higher ids. */
  id: number
  /** ISO 8601. */
  receivedAt: string
  method: string
  /** With its query; it begins with `/api/public/`. */
  path: string
  /** The HTTP status of the answer; 0 if the connection was cut or the answer lost. */
  status: number
  /** With names in lower case; the token is struck out. */
  headers: Record<string, string>
  /** The parsed JSON, the text if it is not JSON, or null without a body. */
  body: unknown
  /** The changes that the request made, in order. */
  changes: Change[]
  /** The parsed JSON of the answer; null if it has no body or one that is too long for the log. */
  answer: unknown
}

/** The permissions of a token, by the words of UserEngage's "API Shield". */
export type Scope = 'full' | 'read' | 'write'

/** A token of the REST API. */
export interface Token {
  token: string
  scope: Scope
  /** ISO 8601; null for the token of the demo app. */
  createdAt: string | null
}

/** A product, flat: its attributes have the values of the last request. */
export interface Product {
  id: number
  custom_id: string | null
  created_at: string
  updated_at: string
  [attribute: string]: unknown
}

/** A line in the inspector's list of products. */
export interface ProductLine {
  id: number
  custom_id: string | null
  name: unknown
  /** The number of its product events. */
  events: number
  /** ISO 8601; null without an event. */
  last_event: string | null
}

/** One product event of a user, on the page of its product. */
export interface ProductEventLine {
  id: number
  event_type: string
  /** ISO 8601. */
  timestamp: string
  custom_data: Record<string, unknown>
  /** Of the user. */
  custom_id: string | null
  user_key: string
}

export interface ProductDetail {
  product: Product
  /** The newest events. */
  events: Part<ProductEventLine>
}
