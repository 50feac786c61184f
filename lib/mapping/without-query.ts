import { isObject } from '../../protocol/json-object.ts'
import type { Json, JsonObject, Message } from '../../protocol/message.ts'

/**
 * A copy of a message without the query and the fragment of its addresses, which may contain tokens, emails or what
 * somebody searched for. For `beforeSend`, as it is or as a part of a function of your own.
 *
 * In `context.page`, and in the properties of a page or track call, `url`, `referrer` and `path` end before `?` and `#`,
 * and `search` is gone. A value there that is no text is left out. What Analytics.js has read from the query into fields
 * of their own stays: `context.campaign` (the parameters `utm_…`) and `context.referrer` (the click ids of some ads).
 *
 * @example
 * userEngage({ apiKey: '…', endpoint: '…', beforeSend: withoutQuery })
 * @example
 * beforeSend(message) {
 *   const redacted = withoutQuery(message)
 *   delete redacted.context.campaign
 *   return redacted
 * }
 */
export function withoutQuery(message: Message): Message {
  const { page } = message.context
  const context = { ...message.context, ...(isObject(page) && { page: withCutAddresses(page) }) }
  if (!('properties' in message) || !isObject(message.properties)) return { ...message, context }
  return { ...message, context, properties: withCutAddresses(message.properties) } as Message
}

const addresses = ['url', 'referrer', 'path']

const withCutAddresses = (fields: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, Json][] => {
      if (name === 'search') return []
      if (!addresses.includes(name)) return [[name, value]]
      return typeof value === 'string' ? [[name, value.replace(/[?#].*/s, '')]] : []
    }),
  )
