import type { Failure } from '../rest/answer.ts'
import type { Verdict } from './result.ts'

const setupAfterMs = 300_000

/** What the page is told when User.com does not take a message. */
export function verdictOf(failure: Failure | undefined): Verdict {
  if (!failure) return { outcome: 'delivered', status: 200 }
  switch (failure.kind) {
    case 'refused':
      return {
        outcome: 'refused',
        status: 400,
        message: `User.com refused the message: ${failure.message}`,
        reason: `User.com answered ${failure.status}${failure.fields.length > 0 ? ` for ${failure.fields.join(', ')}` : ''}`,
      }
    case 'later':
      return {
        outcome: 'waits',
        status: failure.status,
        message: failure.message,
        reason: failure.message,
        afterMs: failure.afterMs,
      }
    case 'misconfigured':
      // Not the visitor's fault: 401 and 403 would say on his console that the page's own key is wrong.
      return {
        outcome: 'misconfigured',
        status: 503,
        message: "The relay's own set-up is wrong; its log says how.",
        reason: failure.message,
        afterMs: setupAfterMs,
      }
  }
}
