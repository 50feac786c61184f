import { readAgent } from './browser/agent.ts'
import { isOffline, online } from './browser/connection.ts'
import { openDatabase } from './browser/database.ts'
import { readFacts } from './browser/facts.ts'
import { createHolds } from './browser/holds.ts'
import { createJournal } from './browser/journal.ts'
import { onLifecycle } from './browser/lifecycle.ts'
import { pause } from './browser/pause.ts'
import { createSend } from './browser/request.ts'
import { createServerWait } from './browser/server-wait.ts'
import { isAgreedTo } from './consent.ts'
import { createDelivery, type Delivery } from './delivery/delivery.ts'
import { type Entry, isMessageType, queueName } from './delivery/entry.ts'
import { noDatabase, noHolds, noJournal } from './delivery/no-storage.ts'
import { createForesight, isMeantFor } from './foresight.ts'
import type { Host, HostContext } from './host.ts'
import { withAgent } from './mapping/agent.ts'
import { snapshot } from './mapping/snapshot.ts'
import { type Facts, toMessage } from './mapping/to-message.ts'
import type { MessageType } from './message.ts'
import { createReporter } from './reporter.ts'
import type { Resolved } from './settings.ts'

/** The way of a call through the page: noted when it is made, taken when Analytics.js hands it over, then delivered. */
export interface Pipeline extends Pick<Delivery, 'flush' | 'stats'> {
  attach(host: Host): void
  detach(): void
  take(type: MessageType, context: HostContext): void
  ignore(type: string): void
}

const hour = 3_600_000

/**
 * Puts the parts together. The only place that knows mapping, delivery and browser.
 *
 * @param names those by which the destination is known in `integrations`
 */
export function createPipeline(settings: Resolved, names: readonly [string, ...string[]]): Pipeline {
  let host: Host | undefined
  let isSure = (): boolean => false
  /** Drops that happened before there was anybody to tell. */
  const untold: object[] = []
  const reporter = createReporter(settings, (detail) =>
    host ? host.emit('error', detail) : untold.push(detail),
  )
  const agent = readAgent()
  const queue = queueName(settings.endpoint, settings.apiKey)
  const { maxMessages, maxAgeHours, storage } = settings.queue
  const delivery = createDelivery(
    {
      ...(storage === 'memory'
        ? { journal: noJournal, database: noDatabase, holds: noHolds, serverWait: createServerWait() }
        : {
            ...{ journal: createJournal(), database: openDatabase(), holds: createHolds },
            serverWait: createServerWait(`userengage:wait:${queue}`),
          }),
      complete: {
        now: (message) => withAgent(message, agent.now()),
        soon: async (message) => withAgent(message, await agent.soon()),
      },
      send: createSend(settings),
      connection: { isOffline, online },
      time: { now: Date.now, random: Math.random, pause },
    },
    {
      ...{ queue, maxMessages, maxAgeMs: maxAgeHours * hour },
      mayBeSent: (message) => isAgreedTo(settings.consent, message),
    },
    reporter,
  )
  onLifecycle(delivery)
  const factsOfCall = new WeakMap<HostContext, Facts>()
  const noted = new WeakMap<HostContext, Entry>()
  const taken = new WeakSet<HostContext>()

  /**
   * Runs inside the call itself. The event comes to `take` only some milliseconds later, and holds the caller's own
   * objects until then: copies of them keep what was meant. Where the page ends before, it never comes: so the message
   * is noted, if it is sure to be meant for here.
   */
  const note = (context: HostContext): void => {
    // Registered twice, the plugin hears of every call twice.
    if (factsOfCall.has(context)) return
    try {
      const { event } = context
      for (const part of ['properties', 'traits', 'context']) {
        if (event[part]) event[part] = snapshot(event[part])
      }
      const facts = readFacts()
      factsOfCall.set(context, facts)
      const { type } = event
      if (!isMessageType(type) || !isMeantFor(names, event.integrations) || !isSure()) return
      const entry = delivery.note(toMessage(type, event, facts))
      if (entry) noted.set(context, entry)
    } catch (cause) {
      reporter.error('could not note a call:', cause)
    }
  }

  /** Analytics.js is done with a call. If it has not come to `take` by then, it was filtered. */
  const release = (context: HostContext): void => {
    const entry = noted.get(context)
    if (entry) delivery.release(entry)
    noted.delete(context)
  }

  return {
    attach(analytics) {
      host = analytics
      isSure = createForesight(host)
      for (const detail of untold.splice(0)) host.emit('error', detail)
      host.on('dispatch_start', note)
      host.queue?.on?.('delivery_success', release)
      host.queue?.on?.('delivery_failure', release)
    },
    detach() {
      // Calls that are on their way still have to be released.
      host?.off('dispatch_start', note)
    },
    take(type, context) {
      if (taken.has(context)) return
      taken.add(context)
      try {
        const message = toMessage(type, context.event, factsOfCall.get(context) ?? readFacts())
        reporter.log(`took ${type} ${message.messageId}`)
        delivery.take(message, noted.get(context))
      } catch (cause) {
        reporter.error(`could not take a call of ${type}:`, cause)
      }
    },
    ignore: (type) => reporter.log(`${type} is not part of this destination: ignored`),
    flush: delivery.flush,
    stats: delivery.stats,
  }
}
