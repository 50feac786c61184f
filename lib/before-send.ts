import { isObject } from '../protocol/json-object.ts'
import type { Message } from '../protocol/message.ts'
import { jsonSafe } from './mapping/json-safe.ts'
import { toMessage } from './mapping/to-message.ts'

/**
 * What the site's `beforeSend` makes of a message; `undefined` where it is to be dropped.
 *
 * It is given a copy of its own, which it may change. What it returns is made safe for JSON once more, and keeps type
 * and id: by the id a receiver knows repeats. Where it fails, the message is dropped as well: a redaction that does not
 * work must not let through what it was to take out.
 *
 * @param fail tells the developer
 */
export function applyBeforeSend(
  beforeSend: (message: Message) => unknown,
  message: Message,
  fail: (text: string, ...cause: unknown[]) => void,
): Message | undefined {
  const { type, messageId, timestamp } = message
  try {
    const changed = beforeSend(jsonSafe(message) as unknown as Message)
    if (isObject(changed) && changed.type === type) {
      return toMessage(type, { ...changed, type, messageId }, { now: Date.parse(timestamp) })
    }
    if (changed !== null) fail('beforeSend must return the message, or null.')
  } catch (cause) {
    fail('beforeSend threw:', cause)
  }
  return undefined
}
