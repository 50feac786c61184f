import type { DeliveryListener, DropReason } from '../delivery/drop.ts'
import type { ResolvedSettings } from '../settings/settings.ts'
import { adviceFor } from './advice.ts'
import type { DebugLog } from './debug-log.ts'
import { dropInWords } from './drop-in-words.ts'
import { spanInWords } from './in-words.ts'

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
 * @param log writes the lines of `debug: true`
 */
export function createReporter(
  { consent, onDelivered, onDropped }: ResolvedSettings,
  endpoint: string,
  emit: (detail: object) => void,
  log?: DebugLog,
): Reporter {
  const printed = new Set<string>()

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
    log,
    onError,
    onBug: (error) => onError('The plugin itself failed. Please report this:', error),
    onDelivered(message) {
      log?.onDelivered(message)
      run('onDelivered', () => onDelivered(message))
    },
    onDropped(message, drop) {
      const { reason } = drop
      const explanation = dropInWords(drop, message, consent)
      log?.onDropped(message, reason, explanation)
      if (reason === 'refused') onError(`dropped ${message.type} ${message.messageId}: ${explanation}`)
      if (unexpectedDrops[reason]) onError(`dropped messages (${reason}): ${unexpectedDrops[reason]}`)
      run('onDropped', () => onDropped(message, drop))
      run('a listener to "error"', () => emit({ code: 'delivery_failure', ...drop, message }))
    },
    onRetry: (message, failure, waitMs) => log?.onRetry(message, failure, waitMs),
    onSetAside: (message, waitMs) => log?.onSetAside(message, waitMs),
    onMisconfigured(outcome, waitMs) {
      onError(
        `${adviceFor(outcome, endpoint)} No message is lost: they wait, and the next try is in ${spanInWords(waitMs)}.`,
      )
      log?.onMisconfigured(waitMs)
    },
  }
}
