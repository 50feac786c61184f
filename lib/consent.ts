import type { Message } from '../protocol/message.ts'

/**
 * Whether the visitor has agreed to all `categories`, by the stamp that consent tools leave on every event
 * (https://segment.com/docs/privacy/consent-management/consent-in-segment/, `context.consent.categoryPreferences`).
 * Without a stamp, nobody has agreed to anything.
 */
export function isAgreedTo(categories: readonly string[], { context }: Message): boolean {
  const { categoryPreferences } = (context.consent ?? {}) as { categoryPreferences?: Record<string, unknown> }
  return categories.every((category) => categoryPreferences?.[category] === true)
}
