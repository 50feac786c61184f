import { isObject } from '../../protocol/json-object.ts'
import type { Message } from '../../protocol/message.ts'
import { jsonSafe } from '../mapping/json-safe.ts'
import { renormalised } from '../mapping/to-message.ts'

/**
 * The message as the site's `beforeSend` wants it sent; `undefined` where it drops the message.
 *
 * `beforeSend` gets a copy of its own, which it may change. Where it fails, the message is dropped as well: a redaction
 * that does not work must not let through what it was to take out.
 *
 * @param onError shows the developer what is wrong with `beforeSend`
 */
export function applyBeforeSend(
  beforeSend: (message: Message) => unknown,
  message: Message,
  onError: (text: string, ...cause: unknown[]) => void,
): Message | undefined {
  try {
    const changed = beforeSend(jsonSafe(message) as unknown as Message)
    if (isObject(changed) && changed.type === message.type) return renormalised(changed, message)
    if (changed !== null) onError('beforeSend must return the message, or null to drop it.')
  } catch (cause) {
    onError('beforeSend threw, so the message is dropped:', cause)
  }
  return undefined
}
