import type { Message } from '../../protocol/message.ts'

/** The visitor's consent, as the calls of a page show it. */
export interface ConsentPolicy {
  /** Every call carries the visitor's latest decision. */
  onCall(message: Message): void
  /**
   * Whether a message may be sent: its visitor had agreed when the call was made, and has not withdrawn since. A message
   * without a stamp is without consent.
   */
  isGranted(message: Message): boolean
}

/**
 * @param categories ids of the consent categories that must be granted, all of them; none asks for no consent
 */
export function createConsentPolicy(categories: readonly string[]): ConsentPolicy {
  let isWithdrawn = false
  return {
    onCall(message) {
      if (message.context.consent !== undefined) isWithdrawn = !hasConsent(categories, message)
    },
    isGranted: (message) => !isWithdrawn && hasConsent(categories, message),
  }
}

/**
 * Whether a message has the consent to all `categories`, by the stamp that consent tools add to every event
 * (https://segment.com/docs/privacy/consent-management/consent-in-segment/, `context.consent.categoryPreferences`).
 */
export function hasConsent(categories: readonly string[], { context }: Message): boolean {
  const { categoryPreferences } = (context.consent ?? {}) as { categoryPreferences?: Record<string, unknown> }
  return categories.every((category) => categoryPreferences?.[category] === true)
}
