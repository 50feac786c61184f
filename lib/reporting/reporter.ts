import type { Message } from '../../protocol/message.ts'
import type { DeliveryListener, Drop, DropReason } from '../delivery/drop.ts'
import type { ResolvedSettings } from '../settings/settings.ts'
import { adviceFor, failureOf } from './advice.ts'

/** Drops that the site did not ask for are one console error per reason: there may be hundreds. */
const unexpectedDrops: Partial<Record<DropReason, string>> = {
  expired: 'they waited longer than queue.maxAgeHours',
  overflow: 'more than queue.maxMessages were waiting',
}

export interface Reporter extends Omit<DeliveryListener, 'onRequestEnd'> {
  /** A line for every developer, once. */
  onError(text: string, ...cause: unknown[]): void
}

/**
 * Tells the site what happens to its messages: on the console, through its callbacks, and as Analytics.js's own
 * `error` event. What those do or throw never reaches the delivery.
 *
 * @param endpoint absolute URL
 * @param emit emits Analytics.js's `error` event
 */
export function createReporter(
  { debug, onDelivered, onDropped }: ResolvedSettings,
  endpoint: string,
  emit: (detail: object) => void,
): Reporter {
  const printed = new Set<string>()

  const onDebug = (text: string): void => {
    if (debug) console.info(`[UserEngage] ${text}`)
  }
  const onError = (text: string, ...cause: unknown[]): void => {
    if (printed.has(text)) return
    printed.add(text)
    console.error(`[UserEngage] ${text}`, ...cause)
  }
  const run = (name: string, callback: () => void): void => {
    try {
      callback()
    } catch (cause) {
      onError(`${name} threw:`, cause)
    }
  }

  return {
    onDebug,
    onError,
    onBug: (error) => onError('The plugin itself failed. Please report this:', error),
    onDelivered(message) {
      onDebug(`delivered ${label(message)}`)
      run('onDelivered', () => onDelivered(message))
    },
    onDropped(message, drop) {
      const explained = `dropped ${label(message)}: ${explanationOf(drop)}`
      onDebug(explained)
      const { reason } = drop
      if (reason === 'refused') onError(explained)
      if (unexpectedDrops[reason]) onError(`dropped messages (${reason}): ${unexpectedDrops[reason]}`)
      run('onDropped', () => onDropped(message, drop))
      run('a listener to "error"', () => emit({ code: 'delivery_failure', ...drop, message }))
    },
    onRetry(message, failure, waitMs) {
      onDebug(`${label(message)} waits: ${failureOf(failure)}; next try ${afterMs(waitMs)}`)
    },
    onSetAside(message, waitMs) {
      onDebug(
        `${label(message)} is set aside, because the endpoint takes other messages; next try ${afterMs(waitMs)}`,
      )
    },
    onMisconfigured(outcome, waitMs) {
      onError(
        `${adviceFor(outcome, endpoint)} No message is lost: they wait, and the next try is ${afterMs(waitMs)}.`,
      )
    },
  }
}

const label = ({ type, messageId }: Message): string => `${type} ${messageId}`

const afterMs = (ms: number): string => {
  if (ms === 0) return 'at the next chance'
  return ms < 60_000 ? `in ${(ms / 1000).toFixed(1)} s` : `in ${Math.round(ms / 60_000)} minutes`
}

function explanationOf({ reason, status, serverMessage = 'no reason given' }: Drop): string {
  switch (reason) {
    case 'refused':
      return `refused by the endpoint with ${status}, "${serverMessage}"`
    case 'expired':
      return 'it waited longer than queue.maxAgeHours'
    case 'overflow':
      return 'more than queue.maxMessages were waiting'
    case 'consent':
      return 'the visitor has not agreed to the categories of `consent`'
    case 'gpc':
      return 'the browser asks for privacy by Global Privacy Control'
    case 'beforeSend':
      return 'beforeSend dropped it'
    case 'middleware':
      return 'a destination middleware dropped it'
    case 'cleared':
      return 'the site called clear()'
  }
}
