import type { Message } from '../../protocol/message.ts'
import type { DeliveryLog, Wait } from '../delivery/delivery-log.ts'
import type { Stats } from '../delivery/drop.ts'
import type { ExitPlan } from '../delivery/exit-plan.ts'
import type { Retryable } from '../delivery/outcome.ts'
import type { ResolvedSettings } from '../settings/settings.ts'
import { failureOf } from './advice.ts'
import { spanInWords, statsInWords } from './in-words.ts'
import { labelOf, type Named } from './label.ts'
import { settingsInWords } from './settings-in-words.ts'

/** The lines that `debug: true` writes. */
export interface DebugLog extends DeliveryLog {
  onStart(version: string): void
  onIgnored(type: string): void
  onWorkerMissing(url: string): void
  onFiltered(event: Named): void
  onDelivered(message: Message): void
  onDropped(message: Message, reason: string, explanation: string): void
  onRetry(message: Message, failure: Retryable, waitMs: number): void
  onSetAside(message: Message, waitMs: number): void
  onMisconfigured(waitMs: number): void
}

/** Two moments are one for the reader, in milliseconds. */
const sameMomentMs = 1000

/**
 * A line about a message is the closed heading of a group that contains the message, as DevTools would otherwise print
 * the first fields of it into every line.
 *
 * @param endpoint absolute URL
 */
export function createDebugLog(
  settings: ResolvedSettings,
  endpoint: string,
  readStats: () => Stats,
): DebugLog {
  /** The wait that was told last. It ends at a time, in milliseconds since 1970, or with its reason. */
  let told: { until?: number; reason?: Wait['reason'] } = {}

  const tell = (text: string): void => console.info(`[UserEngage] ${text}`)

  const tellGroup = (text: string, write: () => void): void => {
    console.groupCollapsed(`[UserEngage] ${text}`)
    write()
    console.groupEnd()
  }
  const tellOf = (message: Message, text: string): void =>
    tellGroup(`${labelOf(message)}: ${text}`, () => console.info(message))

  const soFar = (): string => `So far: ${statsInWords(readStats())}.`

  /** The sums, once nothing is left. */
  const sumsAtRest = (): string => {
    const { queued, inFlight } = readStats()
    return queued + inFlight === 0 ? `. ${soFar()}` : ''
  }

  /** When the next try is. */
  const nextTry = (ms: number): string => {
    const until = Date.now() + ms
    told = { until }
    return `Next try in ${spanInWords(ms)}, at ${new Date(until).toTimeString().slice(0, 8)}.`
  }

  return {
    onStart: (version) => tell(`${version} sends to ${endpoint}. ${settingsInWords(settings)}.`),
    onIgnored: (type) => tell(`"${type}" is not part of this destination: ignored.`),
    onFiltered: (event) =>
      tell(
        `${labelOf(event)}: not for this destination, by \`integrations\`, a source middleware or another plugin.`,
      ),
    onQueued: (message) => tellOf(message, 'queued'),
    onDelivered(message) {
      told = {}
      const ms = Date.now() - Date.parse(message.timestamp)
      // A site may give a call any timestamp.
      const after = ms >= 0 ? ` ${spanInWords(ms)} after the call` : ''
      tellOf(message, `delivered${after}${sumsAtRest()}`)
    },
    onDropped: (message, reason, explanation) =>
      tellOf(message, `dropped (${reason}): ${explanation}${sumsAtRest()}`),
    onRetry(message, failure, waitMs) {
      told = {}
      const next = waitMs > 0 ? ` ${nextTry(waitMs)}` : ''
      tellOf(message, `still queued: ${failureOf(failure)}.${next} ${soFar()}`)
    },
    onSetAside: (message, waitMs) =>
      tellOf(message, `set aside, because the endpoint takes other messages. ${nextTry(waitMs)}`),
    onMisconfigured: (waitMs) =>
      tell(`All messages stay queued, because the set-up is wrong. ${nextTry(waitMs)} ${soFar()}`),
    onClaimed: (messages) =>
      tellGroup(`${inMessages(messages.length)} of earlier pages or closed tabs: queued here now`, () =>
        console.info(messages.map(labelOf).join('\n')),
      ),
    onHeldElsewhere: (count) =>
      tell(`${inMessages(count)} of another tab of the site: queued there, and sent from there.`),
    onWait({ reason, ms }) {
      const isTimed = ms !== Number.POSITIVE_INFINITY
      const isTold = isTimed
        ? Math.abs(Date.now() + ms - (told.until ?? 0)) < sameMomentMs
        : told.reason === reason
      if (isTold) return
      told = { reason }
      const next = isTimed ? ` ${nextTry(ms)}` : ''
      tell(`All messages stay queued: ${waitInWords[reason]}.${next} ${soFar()}`)
    },
    onPageEnd(plan) {
      const { queued, inFlight } = readStats()
      if (queued + inFlight > 0) tell(`The page ends: ${exitInWords[plan]}. ${soFar()}`)
    },
    onWorkerMissing: (url) =>
      tell(
        `${url} is no worker: copy userengage-worker.js to your site, and set workerUrl. Nothing is lost without it.`,
      ),
    onDatabaseFailed: (doing, error) =>
      tell(`IndexedDB failed at ${doing}: ${error}. The messages stay in localStorage and in memory.`),
  }
}

const inMessages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`)

const waitInWords: Record<Wait['reason'], string> = {
  offline: 'the browser is offline. They go as soon as it is online',
  'retry after': 'the endpoint asks for a pause (Retry-After)',
  backoff: 'the last request failed',
  misconfigured: 'the set-up is wrong',
  'set aside': 'each of them is set aside',
  navigation: 'the page is being left. The next page of the site, or the worker, sends them',
}

const exitInWords: Record<ExitPlan, string> = {
  leave: 'the next page of the site, or another tab, sends what is queued',
  'hand over': 'the worker sends what is queued',
  send: 'it sends what the browser has room for, and the next page of the site sends what is left',
}
