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
import type { DeliveryListener } from './delivery/drop.ts'
import type { TabLocks } from './delivery/ports.ts'
import { createExitService } from './exit-worker/exit-service.ts'
import { type HandOver, type Ready, settingsOfWorker, type WorkerSettings } from './exit-worker/protocol.ts'

/** https://html.spec.whatwg.org/#sharedworkerglobalscope: TypeScript has it in a library that excludes that of pages. */
interface SharedWorkerScope {
  name: string
  onconnect: ((event: MessageEvent) => void) | null
  close(): void
}
const scope = globalThis as unknown as SharedWorkerScope

/** So often the worker looks whether it may end, in milliseconds: longer than a page's locks may take to become free. */
const lookMs = 15_000

/** No page is there to hear it. */
const unheard: DeliveryListener = {
  onDelivered() {},
  onDropped() {},
  onRetry() {},
  onSetAside() {},
  onMisconfigured() {},
  onRequestEnd() {},
  onDebug() {},
  onBug() {},
}

const settings = settingsOfWorker(scope.name, version)
// On plain http there are no Web Locks.
const locks = createWebLocks()
if (settings && locks) serve(settings, locks)
else scope.close()

function serve(settings: WorkerSettings, locks: TabLocks): void {
  const pages = new Set<MessagePort>()
  const service = createExitService(
    {
      database: openDatabase(),
      locks,
      openChannel: channelOpener(settings.queue),
      document: performance.timeOrigin,
      isPrivacyRequested,
      send: createRequest(settings, () => undefined),
      retryAfter: createRetryAfterStore(),
      connection: connectionTo(settings.endpoint),
      time: browserTime,
    },
    settings,
    unheard,
  )

  /** Ends the worker when no page is connected, and nothing is left that it could send. */
  async function closeWhenDone(): Promise<void> {
    while (pages.size === 0) {
      await pause(lookMs)
      if (pages.size === 0 && service.isDone()) scope.close()
    }
  }

  scope.onconnect = ({ ports }) => {
    const page = ports[0] as MessagePort
    pages.add(page)
    page.onmessage = ({ data }: MessageEvent<HandOver>) => {
      if (data.type === 'hand over') void service.takeOver(data)
    }
    page.addEventListener('close', () => {
      pages.delete(page)
      if (pages.size === 0) void closeWhenDone()
    })
    page.postMessage({ type: 'ready' } satisfies Ready)
  }
}
