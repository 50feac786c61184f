import type { Host } from './host.ts'

/** The plugin of Analytics.js itself that completes every event. It drops none. */
const harmless = 'Page Enrichment'

/**
 * Whether a call that has just been made is sure to come to the destination as it is.
 *
 * Source middleware, tracking plans and other plugins of the kinds `before` and `enrichment` may drop a call, or take
 * something out of it that must not be sent. So only where none is registered, nor about to be, it is sure. Analytics.js
 * registers source middleware in a critical task, and hands out no call before that is done.
 */
export function createForesight(host: Host): () => boolean {
  const done = new WeakSet<object>()

  /** A task that was not seen to end may be registering something. */
  const isSettled = (): boolean => {
    const tasks = host.queue?.criticalTasks?.done?.()
    if (!tasks) return host.queue?.criticalTasks !== undefined
    if (done.has(tasks)) return true
    void tasks.then(() => done.add(tasks))
    return false
  }
  isSettled()

  return () =>
    isSettled() &&
    (host.queue?.plugins?.every(
      ({ name, type }) => (type !== 'before' && type !== 'enrichment') || name === harmless,
    ) ??
      false)
}

/**
 * Whether the `integrations` of an event let it come to the destination: its name decides, else the last of its other
 * names that is there, else `All`
 * (https://github.com/segmentio/analytics-next/blob/master/packages/core/src/queue/event-queue.ts, `availableExtensions`).
 */
export function isMeantFor(
  [name, ...others]: readonly [string, ...string[]],
  integrations: unknown,
): boolean {
  const chosen = (integrations ?? {}) as Record<string, unknown>
  const byOther = others
    .map((other) => chosen[other])
    .filter((choice) => choice !== undefined)
    .at(-1)
  const choice = chosen[name] ?? byOther
  return choice === undefined || choice === null ? chosen.All !== false : Boolean(choice)
}
