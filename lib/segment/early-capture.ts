import type { Host } from './types.ts'

/** The plugin of Analytics.js itself that completes every event. It drops none. */
const pageEnrichment = 'Page Enrichment'

/**
 * Whether a call may be captured as it is made, before Analytics.js dispatches it.
 *
 * Source middleware, tracking plans and other plugins of the types `before` and `enrichment` may drop a call, or take
 * something out of it that must not be sent. So it may only where none is registered, nor about to be. Analytics.js
 * registers source middleware in a critical task, and dispatches no call before that is done.
 *
 * @returns whether it may, at the moment of the call
 */
export function watchEarlyCapture(host: Host): () => boolean {
  const finished = new WeakSet<object>()

  /** A task that has not been seen to end may be registering something. */
  const areTasksFinished = (): boolean => {
    const tasks = host.queue?.criticalTasks?.done?.()
    if (!tasks) return host.queue?.criticalTasks !== undefined
    if (finished.has(tasks)) return true
    void tasks.then(() => finished.add(tasks))
    return false
  }
  areTasksFinished()

  return () =>
    areTasksFinished() &&
    (host.queue?.plugins?.every(
      ({ name, type }) => (type !== 'before' && type !== 'enrichment') || name === pageEnrichment,
    ) ??
      false)
}
