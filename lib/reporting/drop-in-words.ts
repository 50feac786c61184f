import type { Message } from '../../protocol/message.ts'
import type { Drop } from '../delivery/drop.ts'

/** Why a message was dropped. */
export function dropInWords(
  { reason, status, serverMessage = 'no reason given' }: Drop,
  { context }: Message,
  consent: readonly string[],
): string {
  switch (reason) {
    case 'refused':
      return `refused by the endpoint with ${status}, "${serverMessage}"`
    case 'expired':
      return 'it waited longer than queue.maxAgeHours'
    case 'overflow':
      return 'more than queue.maxMessages were waiting'
    case 'consent':
      return context.consent === undefined
        ? 'the event has no consent stamp (context.consent)'
        : `the visitor has not agreed to ${consent.join(', ')}, or no longer`
    case 'gpc':
      return 'the browser asks for privacy by Global Privacy Control, and respectGpc is set'
    case 'beforeSend':
      return 'beforeSend returned null or failed'
    case 'middleware':
      return 'a destination middleware did not call next, called it twice, or threw'
    case 'cleared':
      return 'the site called clear()'
  }
}
