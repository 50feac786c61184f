import { isObject } from '../../protocol/json-object.ts'
import type { Json, JsonObject, Message, MessageContext, MessageType } from '../../protocol/message.ts'
import { groupTraits } from '../../protocol/traits/group-traits.ts'
import { userTraits } from '../../protocol/traits/user-traits.ts'
import { jsonSafe } from './json-safe.ts'

/** What a call to Analytics.js became: the event that a destination is given. */
export interface SourceEvent {
  type: string
  [field: string]: unknown
}

/** What the browser was at the moment of the call; of the page, Analytics.js tells. */
export interface Facts extends Pick<MessageContext, 'userAgent' | 'locale' | 'timezone' | 'screen'> {
  /** Milliseconds since 1970. */
  now: number
}

/**
 * The message for UserEngage: the event, enriched with the facts of its moment and under UserEngage's names.
 * Reads the event and makes everything anew: the event is shared with other destinations.
 *
 * @example
 * toMessage('track', { type: 'track', event: 'Signed Up', messageId: 'm1', userId: 'u1' }, facts)
 * // { type: 'track', event: 'Signed Up', messageId: 'm1', userId: 'u1', timestamp: '…', properties: {}, context: {…} }
 */
export function toMessage(type: MessageType, event: SourceEvent, { now, ...facts }: Facts): Message {
  const { context, timestamp, ...fields } = objectOf(jsonSafe(event))
  return {
    ...withoutNulls(fields),
    type,
    timestamp: isoTime(timestamp) ?? new Date(now).toISOString(),
    context: { ...facts, ...objectOf(context) },
    ...payload(type, fields),
  } as Message
}

function payload(type: MessageType, { traits, properties }: JsonObject): JsonObject {
  if (type === 'identify') return { traits: userTraits(objectOf(traits)) }
  if (type === 'group') return { traits: groupTraits(objectOf(traits)) }
  return { properties: objectOf(properties) }
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

/** An id or a name of `null` is none: `null` means something in traits only. */
const withoutNulls = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

/** A site may set a call's timestamp to anything that a Date understands. */
function isoTime(given: Json | undefined): string | undefined {
  const time = typeof given === 'string' || typeof given === 'number' ? new Date(given) : undefined
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : undefined
}
