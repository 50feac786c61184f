import { snapshot } from '../mapping/snapshot.ts'
import type { SourceEvent } from '../mapping/to-message.ts'

/** A call as destination middleware gets it, and gives it to the next: `obj` is the event, a copy for this destination. */
export interface MiddlewarePayload {
  obj: SourceEvent
}

/** A destination middleware, as given to `analytics.addDestinationMiddleware`. A call passes by `next(payload)` only. */
export type DestinationMiddleware = (call: {
  // biome-ignore lint/suspicious/noExplicitAny: Analytics.js declares its own class here, with `obj` in it.
  payload: any
  integration: string
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  next(payload?: any): void
}) => unknown

/**
 * The event after all middleware, one after the other; `undefined` where one of them drops it. Analytics.js does the same
 * for its own destinations
 * (https://github.com/segmentio/analytics-next/blob/master/packages/browser/src/plugins/middleware/index.ts,
 * `applyDestinationMiddleware`).
 *
 * @throws what a middleware throws, and an error where one calls `next` twice
 */
export async function passThrough(
  middleware: readonly DestinationMiddleware[],
  event: SourceEvent,
  integration: string,
): Promise<SourceEvent | undefined> {
  let passed: SourceEvent | undefined = snapshot(event)
  for (const run of middleware) {
    const payload: MiddlewarePayload = { obj: passed }
    let isNextCalled = false
    passed = undefined
    await run({
      payload,
      integration,
      next(given) {
        if (isNextCalled) throw new Error('next() was called twice by one destination middleware')
        isNextCalled = true
        passed = given?.obj
      },
    })
    if (!passed) return undefined
  }
  return passed
}
