/**
 * The vocabulary of the whole project: the message as it travels to UserEngage. Types only.
 *
 * It is Segment's message (https://segment.com/docs/connections/spec/common/), one per request, as Segment's contract
 * for partner endpoints has it. The plugin makes it, the sandbox and the relay read it.
 */

/** Anything that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = string | number | boolean | null | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}

/** Where and on what the call was made. Field names are those of Segment's spec; unknown ones are kept. */
export interface MessageContext {
  userAgent?: string
  userAgentData?: JsonObject
  os?: { name?: string; version?: string }
  browser?: { name?: string; version?: string }
  device?: { type?: string; manufacturer?: string; model?: string; name?: string }
  screen?: { width?: number; height?: number; density?: number }
  /** BCP 47, e.g. `en-US`. */
  locale?: string
  /** IANA name, e.g. `Europe/Warsaw`. */
  timezone?: string
  page?: { path?: string; referrer?: string; search?: string; title?: string; url?: string }
  ip?: string
  /** `false`: the user was not active, so `last_seen` does not move. */
  active?: boolean
  [field: string]: unknown
}

interface CommonFields {
  /** The receiver's key against repeats: the same in every attempt. */
  messageId: string
  /** When the call was made, ISO 8601 UTC. */
  timestamp: string
  /** When this attempt was made, ISO 8601 UTC. Added as the message leaves. */
  sentAt?: string
  userId?: string
  anonymousId?: string
  context: MessageContext
  /** Whatever else the event carried goes along: no field is lost on the way. */
  [field: string]: unknown
}

export interface IdentifyMessage extends CommonFields {
  type: 'identify'
  traits: JsonObject
}
export interface PageMessage extends CommonFields {
  type: 'page'
  name?: string
  category?: string
  properties: JsonObject
}
export interface TrackMessage extends CommonFields {
  type: 'track'
  event: string
  properties: JsonObject
}
export interface GroupMessage extends CommonFields {
  type: 'group'
  groupId: string
  traits: JsonObject
}

/** One call to Analytics.js, translated for UserEngage. */
export type Message = IdentifyMessage | PageMessage | TrackMessage | GroupMessage
export type MessageType = Message['type']
