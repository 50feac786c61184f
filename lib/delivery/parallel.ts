import type { Message } from '../../protocol/message.ts'
import type { Entry } from './entry.ts'
import { isIdentity } from './entry-key.ts'

/** With more messages than this waiting, one round trip for each would take minutes. */
const parallelThreshold = 200

/** Browsers have six connections to a host: the site's own requests may need the others. */
const maxConcurrent = 4

/**
 * Which messages may overlap. Once a queue is long, page and track calls of the user whose message the endpoint took
 * last go side by side, until the queue is empty, a request fails, or somebody is identified: that goes alone.
 */
export interface ParallelMode {
  mayOverlap(entry: Entry, inFlight: number): boolean
  /** @param others how many requests are in flight beside it */
  onSend(entry: Entry, others: number): void
  onDelivered(entry: Entry, waiting: number): void
  onFailed(): void
}

export function createParallelMode(): ParallelMode {
  let user: string | undefined
  /** The last message that was sent, if nothing else was in flight then. */
  let sentAlone: Entry | undefined
  return {
    mayOverlap: ({ key, message }, inFlight) =>
      inFlight === 0 || (inFlight < maxConcurrent && !isIdentity(key) && userOf(message) === user),
    onSend(entry, others) {
      sentAlone = others === 0 ? entry : undefined
      if (isIdentity(entry.key)) user = undefined
    },
    onDelivered(entry, waiting) {
      const isOn = user !== undefined
      // After a failure, the neighbours of the failed request do not turn the mode on again.
      if (waiting === 0) user = undefined
      else if (isOn || (waiting > parallelThreshold && entry === sentAlone)) user = userOf(entry.message)
    },
    onFailed() {
      user = undefined
    },
  }
}

/** By whom the endpoint chooses the user (the vendor's page, "Identify"). */
const userOf = ({ userId, anonymousId }: Message): string => userId ?? anonymousId ?? ''
