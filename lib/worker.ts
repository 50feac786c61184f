// userengage-worker.js: a shared worker that outlives the pages, and delivers what they leave.
import { version } from '../package.json'
import { browserTime } from './browser/browser-time.ts'
import { isPrivacyRequested } from './browser/global-privacy-control.ts'
import { openDatabase } from './browser/indexed-db.ts'
import { connectionTo } from './browser/online.ts'
import { pause } from './browser/pause.ts'
import { createRequest } from './browser/request.ts'
import { createRetryAfterStore } from './browser/retry-after-store.ts'
import { channelOpener } from './browser/tab-channel.ts'
import { createWebLocks } from './browser/tab-locks.ts'
import { createDelivery } from './delivery/delivery.ts'
import type { DeliveryListener } from './delivery/drop.ts'
import { leaseOf } from './delivery/entry-key.ts'
import type { TabLocks } from './delivery/ports.ts'
import { createPostedTexts } from './exit-worker/posted-texts.ts'
import {
  type HandOver,
  type Ready,
  settingsOfWorker,
  type VisitorState,
  type WorkerSettings,
} from './exit-worker/protocol.ts'
import { createWorkerChannel } from './exit-worker/worker-channel.ts'
import { withBrowserInfo } from './mapping/browser-info.ts'
import { omitFields } from './mapping/omit.ts'
import { hasConsent } from './policy/consent.ts'

/** https://html.spec.whatwg.org/#sharedworkerglobalscope: TypeScript has it in a library that excludes that of pages. */
interface SharedWorkerScope {
  name: string
  onconnect: ((event: MessageEvent) => void) | null
  close(): void
}
const scope = globalThis as unknown as SharedWorkerScope

/**
 * How long a page that ends may take to release its locks, in milliseconds. Asked for earlier, a lock would keep the page out
 * of the back/forward cache (https://developer.chrome.com/docs/web-platform/bfcache-notrestoredreasons).
 */
const releaseMs = 250

/** So often the worker looks whether it may end, in milliseconds: longer than a page's locks may take to become free. */
const lookMs = 15_000

/** No page is there to hear it. */
const unheard: DeliveryListener = {
  onDelivered() {},
  onDropped() {},
  onRetry() {},
  onSetAside() {},
  onMisconfigured() {},
  onBug() {},
}

const settings = settingsOfWorker(scope.name, version)
// On plain http there are no Web Locks.
const locks = createWebLocks()
if (settings && locks) serve(settings, locks)
else scope.close()

function serve(settings: WorkerSettings, locks: TabLocks): void {
  const { omit, endpoint, consent, queue } = settings
  const posted = createPostedTexts()
  const pages = new Set<MessagePort>()
  let state: VisitorState | undefined
  /** Resolves when the last session has ended; `undefined` while one runs. */
  let sessionEnd: Promise<void> | undefined = Promise.resolve()

  const remembered = createRetryAfterStore()
  const channel = createWorkerChannel(channelOpener(queue), remembered, () => {
    sessionEnd ??= delivery.makeWay()
  })

  const delivery = createDelivery(
    {
      storage: {
        journal: posted.journal,
        database: posted.marking(openDatabase()),
        locks,
        openChannel: channel.open,
        page: { document: performance.timeOrigin, isTopLevel: false },
      },
      enrich: {
        withKnown: (message) =>
          state?.browserInfo ? omitFields(withBrowserInfo(message, state.browserInfo), omit) : message,
        whenReady: async () => {},
      },
      worker: undefined,
      send: createRequest(settings, () => undefined),
      retryAfter: channel.retryAfter,
      connection: connectionTo(endpoint),
      time: browserTime,
    },
    {
      ...settings,
      atExit: 'resend',
      blockedBy(message) {
        if (settings.respectGpc && (state?.isPrivacyRequested || isPrivacyRequested())) return 'gpc'
        return state?.isConsentWithdrawn || !hasConsent(consent, message) ? 'consent' : undefined
      },
    },
    unheard,
  )

  async function takeOver({ texts, leases, ...given }: HandOver): Promise<void> {
    state = given
    if (given.retryAfterMs > 0) remembered.set(given.retryAfterMs)
    posted.add(texts)
    await sessionEnd
    sessionEnd = undefined
    delivery.begin()
    await pause(releaseMs)
    channel.leave(new Set([...leases, ...texts.map(([key]) => leaseOf(key))]))
  }

  /** Ends the worker when no page is connected, and nothing is left that it could send. */
  async function closeWhenDone(): Promise<void> {
    while (pages.size === 0) {
      await pause(lookMs)
      const { queued, inFlight } = delivery.stats()
      const isDone = sessionEnd !== undefined || queued + inFlight === 0
      if (pages.size === 0 && isDone) scope.close()
    }
  }

  scope.onconnect = ({ ports }) => {
    const page = ports[0] as MessagePort
    pages.add(page)
    page.onmessage = ({ data }: MessageEvent<HandOver>) => {
      if (data.type === 'hand over') void takeOver(data)
    }
    page.addEventListener('close', () => {
      pages.delete(page)
      if (pages.size === 0) void closeWhenDone()
    })
    page.postMessage({ type: 'ready' } satisfies Ready)
  }
}
