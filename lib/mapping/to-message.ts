import { isObject } from '../../protocol/json-object.ts'
import type { Json, JsonObject, Message, MessageContext, MessageType } from '../../protocol/message.ts'
import { groupTraits } from '../../protocol/traits/group-traits.ts'
import { userTraits } from '../../protocol/traits/user-traits.ts'
import { jsonSafe } from './json-safe.ts'

/** An event as Analytics.js gives it to a destination. */
export interface SourceEvent {
  type: string
  [field: string]: unknown
}

/** What the browser and the page are at the moment of a call. */
export interface PageContext
  extends Pick<MessageContext, 'userAgent' | 'locale' | 'timezone' | 'screen' | 'page'> {
  /** Milliseconds since 1970. */
  now: number
}

/**
 * The message for UserEngage: the event, enriched with the page's context and under UserEngage's names.
 *
 * Reads the event and makes everything anew, because other destinations share the event. A field of the event's own
 * context wins over the page's.
 *
 * @example
 * toMessage('track', { type: 'track', event: 'Signed Up', messageId: 'm1', userId: 'u1' }, pageContext)
 * // { type: 'track', event: 'Signed Up', messageId: 'm1', userId: 'u1', timestamp: '…', properties: {}, context: {…} }
 */
export function toMessage(type: MessageType, event: SourceEvent, pageContext: PageContext): Message {
  const { now, ...context } = pageContext
  const fields = objectOf(jsonSafe(event))
  return normalised(type, {
    ...fields,
    timestamp: isoTime(fields.timestamp) ?? new Date(now).toISOString(),
    context: { ...(context as JsonObject), ...objectOf(fields.context) },
  })
}

/**
 * A message that was captured as its call was made, with what Analytics.js has added to the event since: it completes
 * `context`, and it replaces the properties of a page call.
 *
 * @param isPayloadReplaced whether `traits` or `properties` of the event are other objects than those captured
 */
export function withEnrichment(captured: Message, event: SourceEvent, isPayloadReplaced: boolean): Message {
  const context = { ...captured.context, ...objectOf(jsonSafe(event.context)) }
  if (!isPayloadReplaced) return { ...captured, context }
  const { traits, properties } = event
  const replaced = objectOf(jsonSafe({ traits, properties }))
  return { ...captured, ...payload(captured.type, replaced), context } as Message
}

/**
 * A message that the site's code has changed, in its proper form again and safe for JSON.
 *
 * It keeps `type` and `messageId`, by which a receiver knows repeats, and the visitor's consent, which is checked before
 * each request.
 */
export function renormalised(changed: object, original: Message): Message {
  const fields = objectOf(jsonSafe(changed))
  const { consent } = original.context as JsonObject
  return normalised(original.type, {
    ...fields,
    messageId: original.messageId,
    timestamp: isoTime(fields.timestamp) ?? original.timestamp,
    context: { ...(consent !== undefined && { consent }), ...objectOf(fields.context) },
  })
}

function normalised(type: MessageType, fields: JsonObject): Message {
  return { ...withoutNulls(fields), type, ...payload(type, fields) } as Message
}

function payload(type: MessageType, { traits, properties }: JsonObject): JsonObject {
  if (type === 'identify') return { traits: userTraits(objectOf(traits)) }
  if (type === 'group') return { traits: groupTraits(objectOf(traits)) }
  return { properties: objectOf(properties) }
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

/** An id or a name of `null` is absent: `null` has a meaning in traits only. */
const withoutNulls = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

/** A site may set a call's timestamp to anything that `Date` understands. */
function isoTime(given: Json | undefined): string | undefined {
  const time = typeof given === 'string' || typeof given === 'number' ? new Date(given) : undefined
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : undefined
}
