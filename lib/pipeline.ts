import { readAgent } from './browser/agent.ts'
import { online } from './browser/connection.ts'
import { readFacts } from './browser/facts.ts'
import { pause } from './browser/pause.ts'
import { createSend } from './browser/request.ts'
import { createDelivery, type Delivery } from './delivery/delivery.ts'
import { createMemoryOutbox } from './delivery/memory-outbox.ts'
import type { Host, HostContext } from './host.ts'
import { withAgent } from './mapping/agent.ts'
import { snapshot } from './mapping/snapshot.ts'
import { type Facts, toMessage } from './mapping/to-message.ts'
import type { MessageType } from './message.ts'
import { createReporter } from './reporter.ts'
import type { Resolved } from './settings.ts'

/** The way of a call through the page: noted when it is made, taken when Analytics.js hands it over, then delivered. */
export interface Pipeline extends Omit<Delivery, 'take'> {
  attach(host: Host): void
  detach(): void
  take(type: MessageType, context: HostContext): void
  ignore(type: string): void
}

/** Puts the parts together. The only place that knows mapping, delivery and browser. */
export function createPipeline(settings: Resolved): Pipeline {
  let host: Host | undefined
  const reporter = createReporter(settings, (detail) => host?.emit('error', detail))
  const agent = readAgent()
  const delivery = createDelivery(
    {
      outbox: createMemoryOutbox(),
      prepare: async (message) => withAgent(message, await agent()),
      send: createSend(settings),
      pause,
      online,
    },
    reporter,
  )
  const factsOfCall = new WeakMap<HostContext, Facts>()

  /**
   * Runs inside the call itself. The event comes to `take` only some milliseconds later, and holds the caller's own
   * objects until then: copies of them keep what was meant.
   */
  const note = (context: HostContext): void => {
    try {
      const { event } = context
      for (const part of ['properties', 'traits', 'context']) {
        if (event[part]) event[part] = snapshot(event[part])
      }
      factsOfCall.set(context, readFacts())
    } catch (cause) {
      reporter.error('could not note a call:', cause)
    }
  }

  return {
    attach(analytics) {
      host = analytics
      host.on('dispatch_start', note)
    },
    detach() {
      host?.off('dispatch_start', note)
    },
    take(type, context) {
      try {
        const message = toMessage(type, context.event, factsOfCall.get(context) ?? readFacts())
        delivery.take(message)
        reporter.log(`took ${type} ${message.messageId}`)
      } catch (cause) {
        reporter.error(`could not take a call of ${type}:`, cause)
      }
    },
    ignore: (type) => reporter.log(`${type} is not part of this destination: ignored`),
    flush: delivery.flush,
    stats: delivery.stats,
  }
}
