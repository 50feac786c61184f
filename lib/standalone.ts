// userengage-analytics.min.js: Analytics.js and the destination in one file, without a Segment workspace.
import { Analytics } from '@segment/analytics-next'
// The package's root does not export it: it gives every event its user agent, locale, time zone and campaign.
import { envEnrichment } from '@segment/analytics-next/dist/pkg/plugins/env-enrichment'
import { type PageAnalytics, pageGlobals, readPageTag, registerWithPage } from './browser/page-tag.ts'
import { userEngage } from './plugin.ts'

const { plugin, globalName } = readPageTag(userEngage, { isOptional: false })
const before = pageGlobals[globalName]

if (before && !Array.isArray(before)) {
  if (plugin) {
    console.warn(
      `[UserEngage] window.${globalName} is Analytics.js already; userengage.min.js is enough beside it.`,
    )
    registerWithPage(plugin, globalName)
  }
} else {
  const analytics = createAnalytics()
  void analytics.register(envEnrichment)
  if (plugin) void analytics.register(plugin)
  analytics.initialized = true
  pageGlobals[globalName] = analytics as PageAnalytics
  replay(before ?? [], analytics)
}

/**
 * `Analytics` itself instead of `AnalyticsBrowser`: it needs no settings from Segment's CDN, talks to no Segment host,
 * and is ready at once, so that no call waits in memory for it to load.
 */
function createAnalytics(): Analytics {
  const settings = { writeKey: 'userengage' }
  try {
    return new Analytics(settings, { retryQueue: true })
  } catch {
    // Its queue cannot be kept where localStorage is full or forbidden.
    return new Analytics(settings, { retryQueue: true, disableClientPersistence: true })
  }
}

/** Makes the calls that a stub has collected, in the order in which the page made them. */
function replay(stub: unknown[], analytics: Analytics): void {
  for (const call of stub.splice(0)) {
    const [method, ...args] = Array.isArray(call) ? (call as [string, ...unknown[]]) : ['']
    const made: unknown = (analytics as unknown as Record<string, unknown>)[method]
    if (typeof made !== 'function') continue
    new Promise((resolve) => resolve(made.apply(analytics, args))).catch(console.error)
  }
}
