import type { Message } from '../protocol/message.ts'
import type { DeliveryEvents, DropReason } from './delivery/events.ts'
import type { Resolved } from './settings.ts'

/** Where to look when the set-up is refused, by HTTP status. */
const advice: Record<number, string> = {
  401: 'It does not know the apiKey: see App settings > Advanced > Segment API keys.',
  403:
    'The apiKey is revoked (see App settings > Advanced > Segment API keys), or this domain is not trusted (see App ' +
    'settings > Advanced > Domains).',
}
const otherAdvice = 'Nothing takes messages there: check `endpoint`.'

/** What the site should know of drops that nobody has asked for. Of what there may be hundreds, one line tells. */
const bounds: Partial<Record<DropReason, string>> = { expired: 'maxAgeHours', overflow: 'maxMessages' }

/** Where the endpoint says nothing. */
const unsaid = 'no reason given'

export interface Reporter extends DeliveryEvents {
  /** A line for whoever debugs. */
  log(text: string): void
  /** A line for every developer, once. */
  error(text: string, ...cause: unknown[]): void
}

/**
 * Tells the site what happens to its messages: on the console, through its callbacks, and as Analytics.js's own
 * `error` event. What those do or throw never reaches the delivery.
 *
 * @param emit emits Analytics.js's `error` event
 */
export function createReporter(settings: Resolved, emit: (detail: object) => void): Reporter {
  const said = new Set<string>()

  const log = (text: string): void => {
    if (settings.debug) console.info(`[UserEngage] ${text}`)
  }
  const error = (text: string, ...cause: unknown[]): void => {
    if (said.has(text)) return
    said.add(text)
    console.error(`[UserEngage] ${text}`, ...cause)
  }
  const call = (name: string, callback: () => void): void => {
    try {
      callback()
    } catch (cause) {
      error(`${name} threw:`, cause)
    }
  }

  return {
    log,
    error,
    delivered(message) {
      log(`delivered ${label(message)}`)
      call('onDelivered', () => settings.onDelivered?.(message))
    },
    dropped(message, drop) {
      const { reason, status, serverMessage = unsaid } = drop
      const what = `dropped ${label(message)}: ${reason}`
      log(what)
      if (reason === 'refused') error(`${what} by the endpoint with ${status}, "${serverMessage}"`)
      if (bounds[reason]) error(`dropped messages: ${reason}, see queue.${bounds[reason]}`)
      call('onDropped', () => settings.onDropped?.(message, drop))
      call('an error listener', () => emit({ code: 'delivery_failure', ...drop, message }))
    },
    retrying(message, { status = 'nothing' }, waitMs) {
      log(`${status} answered to ${label(message)}, next try in ${waitMs / 1000} s`)
    },
    misconfigured({ status, serverMessage = unsaid }, waitMs) {
      error(
        `${settings.endpoint} answered ${status || 'a redirect'} "${serverMessage}". ${advice[status] ?? otherAdvice} ` +
          `Nothing is lost, next try in ${waitMs / 60_000} minutes.`,
      )
    },
  }
}

const label = (message: Message): string => `${message.type} ${message.messageId}`
