import type { Message } from '../../protocol/message.ts'

/** The visitor's consent, as the calls of a page show it. */
export interface ConsentPolicy {
  /**
   * Takes the visitor's decision from the stamp of a call. Calls may come out of order, because a middleware may take its
   * time: the stamp of the last call counts.
   *
   * @param order the place of the call among all calls of the page
   */
  onCall(message: Message, order: number): void
  /**
   * Whether a message may be sent: its visitor had agreed when the call was made, and has not withdrawn since. A message
   * without a stamp is without consent.
   */
  isGranted(message: Message): boolean
  isWithdrawn(): boolean
}

/**
 * @param categories ids of the consent categories that must be granted, all of them; none asks for no consent
 */
export function createConsentPolicy(categories: readonly string[]): ConsentPolicy {
  let isWithdrawn = false
  let decidingCall = 0
  return {
    onCall(message, order) {
      if (message.context.consent === undefined || order < decidingCall) return
      decidingCall = order
      isWithdrawn = !hasConsent(categories, message)
    },
    isGranted: (message) => !isWithdrawn && hasConsent(categories, message),
    isWithdrawn: () => isWithdrawn,
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
