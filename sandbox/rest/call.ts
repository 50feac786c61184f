import type { JsonObject } from '../../protocol/message.ts'
import type { App } from '../api-types.ts'
import type { Store } from '../database/store.ts'
import type { Change } from '../rules/change.ts'
import type { RestSwitches } from '../rules/rest-switches.ts'

/** A request to the REST API that was let in. */
export interface Call {
  store: Store
  app: App
  /** The vendor's version 2 has other names than version 1, which answers where a client asks for none. */
  version: 1 | 2
  switches: RestSwitches
  params: Record<string, string>
  url: URL
  body: JsonObject
  /** ISO 8601. */
  receivedAt: string
  /** What the request did so far, in order. */
  changes: Change[]
}

/** What a request is answered. */
export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/** Answers a request; to be called within a transaction. */
export type Handler = (call: Call) => Answer
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** By path below `/api/public`, and by method. */
export type Routes = Record<string, Partial<Record<Method, Handler>>>

/** What is wrong, by the field that it is wrong with. */
export type FieldErrors = Record<string, string[]>

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })
export const refused = (status: number, detail: string): Answer => ({ status, body: { detail } })
export const invalid = (errors: FieldErrors): Answer => ({ status: 400, body: errors })
export const missing = (what: string): Answer => refused(404, `There is no ${what} of this id.`)
/** An id of the customer's that another has already. */
export const taken = ({ switches }: Call, what: string): Answer => ({
  status: switches.customIdTaken,
  body: { custom_id: [`${what} with this custom_id already exists.`] },
})
