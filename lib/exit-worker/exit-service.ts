import { createDelivery } from '../delivery/delivery.ts'
import type { DeliveryPorts } from '../delivery/delivery-types.ts'
import type { DeliveryListener } from '../delivery/drop.ts'
import { leaseOf } from '../delivery/entry-key.ts'
import type { Database, OpenChannel, TabLocks } from '../delivery/ports.ts'
import { withBrowserInfo } from '../mapping/browser-info.ts'
import { omitFields } from '../mapping/omit.ts'
import { hasConsent } from '../policy/consent.ts'
import { createPostedTexts } from './posted-texts.ts'
import type { HandOver, VisitorState, WorkerSettings } from './protocol.ts'
import { createWorkerChannel } from './worker-channel.ts'

/** Delivers what ended pages leave, for as long as no page of the queue runs. */
export interface ExitService {
  /** Takes over what a page leaves as it ends. Never rejects. */
  takeOver(handOver: HandOver): Promise<void>
  /** Whether nothing is left that it could send. */
  isDone(): boolean
}

/** What the service needs of the worker. lib/worker.ts has the real ones, test/simulation/ the scripted ones. */
export interface ExitServicePorts extends Pick<DeliveryPorts, 'send' | 'connection' | 'retryAfter' | 'time'> {
  database: Database
  locks: TabLocks
  openChannel: OpenChannel
  /** Tells the worker apart from documents. */
  document: number
  /** Whether the browser asks for privacy. */
  isPrivacyRequested(): boolean
}

/**
 * How long a page that ends may take to release its locks, in milliseconds. Asked for earlier, a lock would keep the page out
 * of the back/forward cache (https://developer.chrome.com/docs/web-platform/bfcache-notrestoredreasons).
 */
const releaseMs = 250

export function createExitService(
  { database, locks, openChannel, document, isPrivacyRequested, ...ports }: ExitServicePorts,
  settings: Omit<WorkerSettings, 'version' | 'endpoint' | 'apiKey' | 'credentials'>,
  listener: DeliveryListener,
): ExitService {
  const posted = createPostedTexts()
  let state: VisitorState | undefined
  /** Resolves when the last session has ended; `undefined` while one runs. */
  let sessionEnd: Promise<void> | undefined = Promise.resolve()

  const channel = createWorkerChannel(openChannel, ports.retryAfter, () => {
    // That page sends what the storages have: what the worker knows of it will be out of date.
    posted.forgetSaved()
    sessionEnd ??= delivery.makeWay()
  })

  const delivery = createDelivery(
    {
      ...ports,
      storage: {
        journal: posted.journal,
        database: posted.marking(database),
        locks,
        openChannel: channel.open,
        page: { document, isTopLevel: false },
      },
      enrich: {
        withKnown: (message) =>
          state?.browserInfo
            ? omitFields(withBrowserInfo(message, state.browserInfo), settings.omit)
            : message,
        whenReady: async () => {},
      },
      worker: undefined,
      retryAfter: channel.retryAfter,
    },
    {
      ...settings,
      atExit: 'resend',
      blockedBy(message) {
        if (settings.respectGpc && (state?.isPrivacyRequested || isPrivacyRequested())) return 'gpc'
        return state?.isConsentWithdrawn || !hasConsent(settings.consent, message) ? 'consent' : undefined
      },
    },
    listener,
  )

  return {
    async takeOver({ texts, leases, ...given }) {
      state = given
      if (given.retryAfterMs > 0) ports.retryAfter.set(given.retryAfterMs)
      posted.add(texts)
      void posted.save(database)
      await sessionEnd
      sessionEnd = undefined
      delivery.begin()
      const handedOver = [...new Set([...leases, ...texts.map(({ key }) => leaseOf(key))])]
      channel.ask(handedOver)
      await ports.time.pause(releaseMs)
      channel.leave(handedOver)
    },
    isDone() {
      const { queued, inFlight } = delivery.stats()
      return sessionEnd !== undefined || queued + inFlight === 0
    },
  }
}
