import { version } from '../package.json'
import type { Message } from '../protocol/message.ts'
import { readBrowserInfo } from './browser/browser-info.ts'
import { browserTime } from './browser/browser-time.ts'
import { openStorage } from './browser/device-storage.ts'
import { createExitWorker } from './browser/exit-worker.ts'
import { isPrivacyRequested } from './browser/global-privacy-control.ts'
import { reserveKeepalive } from './browser/keepalive-budget.ts'
import { connectionTo, isOffline } from './browser/online.ts'
import { readPageContext } from './browser/page-context.ts'
import { watchPageLifecycle, whenActivated } from './browser/page-lifecycle.ts'
import { createRequest } from './browser/request.ts'
import { createRetryAfterStore } from './browser/retry-after-store.ts'
import { type RouteWatcher, watchRoutes } from './browser/route-watcher.ts'
import { createDelivery } from './delivery/delivery.ts'
import type { Delivery } from './delivery/delivery-types.ts'
import { queueName } from './delivery/entry-key.ts'
import type { ExitWorker } from './delivery/ports.ts'
import { workerName } from './exit-worker/protocol.ts'
import { withBrowserInfo } from './mapping/browser-info.ts'
import { omitFields } from './mapping/omit.ts'
import { applyBeforeSend } from './policy/before-send.ts'
import { createConsentPolicy } from './policy/consent.ts'
import { createReporter } from './reporting/reporter.ts'
import { createSilenceWarning } from './reporting/silence-warning.ts'
import { type Capture, createCapture } from './segment/capture.ts'
import type { Host } from './segment/types.ts'
import type { ResolvedSettings } from './settings/settings.ts'

/** All parts, put together. */
export interface Composition
  extends Pick<Delivery, 'flush' | 'stats' | 'clear'>,
    Pick<Capture, 'accept' | 'addMiddleware'> {
  attach(host: Host): void
  detach(): void
}

const hourMs = 3_600_000

const absolute = (endpoint: string): string =>
  /^https?:/i.test(endpoint) ? endpoint : new URL(endpoint, location.href).href

/** The name of the queue in which messages wait: one for each endpoint and key. */
export const queueOf = ({ endpoint, apiKey }: ResolvedSettings): string =>
  queueName(absolute(endpoint), apiKey)

/**
 * Puts the parts together: the only file that knows all folders.
 *
 * @param names the destination's names in `integrations`; the first is its own
 */
export function compose(settings: ResolvedSettings, names: readonly [string, ...string[]]): Composition {
  const endpoint = absolute(settings.endpoint)
  const { apiKey, credentials, omit, respectGpc, timeoutMs, beforeSend, autoPage } = settings
  const withoutOmitted = (message: Message): Message => omitFields(message, omit, location.origin)
  const hosts = new Set<Host>()
  let routes: RouteWatcher | undefined

  const reporter = createReporter(settings, endpoint, (detail) => {
    for (const host of hosts) host.emit('error', detail)
  })
  const consent = createConsentPolicy(settings.consent)
  const queue = queueOf(settings)
  const isDurable = settings.queue.storage === 'durable'
  const browserInfo = readBrowserInfo()
  const retryAfter = createRetryAfterStore(isDurable ? `userengage:wait:${queue}` : undefined)
  const limits = {
    queue,
    maxMessages: settings.queue.maxMessages,
    maxAgeMs: settings.queue.maxAgeHours * hourMs,
    timeoutMs,
  }

  const openWorker = (): ExitWorker =>
    createExitWorker(
      settings.workerUrl || undefined,
      workerName({
        version,
        endpoint,
        apiKey,
        credentials,
        ...limits,
        omit,
        consent: settings.consent,
        respectGpc,
      }),
      () => ({
        browserInfo: beforeSend ? undefined : browserInfo.known(),
        isConsentWithdrawn: consent.isWithdrawn(),
        isPrivacyRequested: isPrivacyRequested(),
        retryAfterMs: retryAfter.remainingMs(),
      }),
    )

  const delivery = createDelivery(
    {
      storage: isDurable ? openStorage(queue) : undefined,
      enrich: {
        withKnown: (message) => withoutOmitted(withBrowserInfo(message, browserInfo.known())),
        whenReady: () => browserInfo.whenReady(),
      },
      worker: isDurable && settings.workerUrl !== false ? openWorker() : undefined,
      send: createRequest({ endpoint, apiKey, credentials }, reserveKeepalive),
      retryAfter,
      connection: connectionTo(endpoint),
      time: browserTime,
    },
    {
      ...limits,
      atExit: settings.queue.atExit,
      blockedBy(message) {
        if (respectGpc && isPrivacyRequested()) return 'gpc'
        return consent.isGranted(message) ? undefined : 'consent'
      },
      transform: beforeSend && ((message) => applyBeforeSend(beforeSend, message, reporter.onError)),
    },
    { ...reporter, onRequestEnd: createSilenceWarning(endpoint, isOffline) },
  )

  const capture = createCapture(delivery, {
    names,
    readPageContext,
    finish(message: Message, order: number) {
      consent.onCall(message, order)
      return withoutOmitted(message)
    },
    onPageCall: () => routes?.onPageCall(),
    onDebug: reporter.onDebug,
    onError: reporter.onError,
  })

  void whenActivated().then(delivery.begin)
  watchPageLifecycle({
    onNavigation: delivery.onNavigation,
    onPageHide(isNextPageOfSite) {
      routes?.onPageHide()
      delivery.onPageHide(isNextPageOfSite)
    },
    onPageRestore: delivery.onPageRestore,
  })

  return {
    attach(host) {
      hosts.add(host)
      capture.attach(host)
      if (!autoPage) return
      routes ??= watchRoutes((route) => {
        // The site may have wrapped `page` by a function that returns nothing.
        new Promise((resolve) => resolve(host.page(route))).catch((cause) =>
          reporter.onError('analytics.page threw:', cause),
        )
      })
    },
    detach() {
      capture.detach()
      routes?.stop()
      routes = undefined
    },
    accept: capture.accept,
    addMiddleware: capture.addMiddleware,
    async flush() {
      await capture.whenMiddlewareIsDone()
      return delivery.flush()
    },
    stats() {
      const stats = delivery.stats()
      return { ...stats, queued: stats.queued + capture.inMiddleware() }
    },
    clear() {
      capture.clear()
      return delivery.clear()
    },
  }
}
