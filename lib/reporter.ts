import type { DeliveryEvents, Drop } from './delivery/events.ts'
import type { Message } from './message.ts'
import type { Resolved } from './settings.ts'

/** Where to look when the set-up is refused, by HTTP status. */
const advice: Record<number, string> = {
  0: 'It redirects, or cannot be asked: set `endpoint` to the URL that takes the messages itself.',
  401: 'It does not know the apiKey: compare it with App settings > Advanced > Segment API keys.',
  403:
    'The API key is revoked (see App settings > Advanced > Segment API keys), or the domain of this page is not ' +
    'trusted (see App settings > Advanced > Domains).',
  404: 'Nothing takes messages there: check the URL of `endpoint`, also for a missing or superfluous slash at its end.',
  405: 'Nothing takes messages there: check the URL of `endpoint`.',
}

export interface Reporter extends DeliveryEvents {
  /** A line for whoever debugs. */
  log(text: string): void
  /** A line for every developer, once. */
  error(text: string, cause?: unknown): void
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
      call('onDelivered', () => settings.onDelivered(message))
    },
    dropped(message, drop) {
      log(`dropped ${label(message)}: ${explained(drop)}`)
      // A visitor may decline. Of what there may be hundreds, one line tells.
      if (drop.reason === 'refused') error(`dropped ${label(message)}: ${explained(drop)}`)
      else if (drop.reason !== 'consent') error(`dropped messages: ${explained(drop)}`)
      call('onDropped', () => settings.onDropped(message, drop))
      call('a listener to "error"', () => emit({ code: 'delivery_failure', ...drop, message }))
    },
    retrying(message, { status = 'nothing' }, waitMs) {
      const next = waitMs > 0 ? `in ${(waitMs / 1000).toFixed(1)} s` : 'at the next chance'
      log(`the endpoint answered ${status} to ${label(message)}; next try ${next}`)
    },
    misconfigured({ status, serverMessage }, waiting, waitMs) {
      const answer = [status || 'a redirect', serverMessage && `"${serverMessage}"`].filter(Boolean).join(' ')
      error(
        `${settings.endpoint} answered ${answer}. ${advice[status] ?? advice[0]} No message is lost: they wait, and ` +
          `are tried again every ${waitMs / 60_000} minutes.`,
      )
      log(`${waiting} messages are waiting`)
    },
  }
}

const label = (message: Message): string => `${message.type} ${message.messageId}`

const explained = ({ reason, status, serverMessage = 'no reason given' }: Drop): string =>
  ({
    refused: `refused by the endpoint with ${status}, "${serverMessage}"`,
    expired: 'it waited longer than queue.maxAgeHours',
    overflow: 'more than queue.maxMessages were waiting',
    consent: 'the visitor has not agreed to the categories of `consent`',
  })[reason]
