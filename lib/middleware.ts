import { snapshot } from './mapping/snapshot.ts'
import type { SourceEvent } from './mapping/to-message.ts'

/** What a destination middleware is given of a call, and gives to the next: `obj` is the event, a copy for this destination. */
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
 * What the middleware makes of an event, one after the other; `undefined` where one does not let it pass. Rejects where
 * one throws. As Analytics.js does it for destinations of its own
 * (https://github.com/segmentio/analytics-next/blob/master/packages/browser/src/plugins/middleware/index.ts,
 * `applyDestinationMiddleware`).
 */
export async function passThrough(
  middleware: readonly DestinationMiddleware[],
  event: SourceEvent,
  integration: string,
): Promise<SourceEvent | undefined> {
  let passed: SourceEvent | undefined = snapshot(event)
  for (const pass of middleware) {
    const obj: SourceEvent = passed
    passed = undefined
    await pass({
      ...{ payload: { obj }, integration },
      next(given) {
        passed = given?.obj
      },
    })
    if (!passed) return undefined
  }
  return passed
}
