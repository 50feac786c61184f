import type { Message, MessageType } from '../protocol/message.ts'
import { isMessageType } from '../protocol/message-type.ts'
import { applyBeforeSend } from './before-send.ts'
import { readAgent } from './browser/agent.ts'
import { isOffline, online } from './browser/connection.ts'
import { openDatabase } from './browser/database.ts'
import { readFacts } from './browser/facts.ts'
import { createHolds } from './browser/holds.ts'
import { createJournal } from './browser/journal.ts'
import { onLifecycle } from './browser/lifecycle.ts'
import { pause } from './browser/pause.ts'
import { isPrivacyAskedFor } from './browser/privacy-control.ts'
import { createSend } from './browser/request.ts'
import { type Routes, watchRoutes } from './browser/routes.ts'
import { createServerWait } from './browser/server-wait.ts'
import { isAgreedTo } from './consent.ts'
import { createDelivery, type Delivery } from './delivery/delivery.ts'
import { type Entry, queueName } from './delivery/entry.ts'
import { noDatabase, noHolds, noJournal } from './delivery/no-storage.ts'
import { createForesight, isMeantFor } from './foresight.ts'
import type { Host, HostContext } from './host.ts'
import { withAgent } from './mapping/agent.ts'
import { omitFields } from './mapping/omit.ts'
import { snapshot } from './mapping/snapshot.ts'
import { type Facts, type SourceEvent, toMessage } from './mapping/to-message.ts'
import { type DestinationMiddleware, passThrough } from './middleware.ts'
import { createReporter } from './reporter.ts'
import type { Resolved } from './settings.ts'

/** The way of a call through the page: noted when it is made, taken when Analytics.js hands it over, then delivered. */
export interface Pipeline extends Pick<Delivery, 'flush' | 'stats'> {
  attach(host: Host): void
  detach(): void
  take(type: string, context: HostContext): void
  addMiddleware(...middleware: DestinationMiddleware[]): void
}

const hour = 3_600_000

/**
 * Puts the parts together. The only place that knows mapping, delivery and browser.
 *
 * @param names those by which the destination is known in `integrations`
 */
export function createPipeline(settings: Resolved, names: readonly [string, ...string[]]): Pipeline {
  let host: Host | undefined
  let routes: Routes | undefined
  let isSure = (): boolean => false
  /** Drops that happened before there was anybody to tell. */
  const untold: object[] = []
  const reporter = createReporter(settings, (detail) =>
    host ? host.emit('error', detail) : untold.push(detail),
  )
  const agent = readAgent()
  const { beforeSend, omit } = settings
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
        now: (message) => omitFields(withAgent(message, agent.now()), omit),
        soon: async (message) => omitFields(withAgent(message, await agent.soon()), omit),
      },
      send: createSend(settings),
      connection: { isOffline, online },
      time: { now: Date.now, random: Math.random, pause },
    },
    {
      ...{ queue, maxMessages, maxAgeMs: maxAgeHours * hour },
      objection(message) {
        if (settings.respectGpc && isPrivacyAskedFor()) return 'gpc'
        return isAgreedTo(settings.consent, message) ? undefined : 'consent'
      },
      finish: beforeSend && ((message) => applyBeforeSend(beforeSend, message, reporter.error)),
    },
    reporter,
  )
  onLifecycle({
    leave() {
      routes?.settle()
      delivery.leave()
    },
    restore: delivery.restore,
  })
  const factsOfCall = new WeakMap<HostContext, Facts>()
  const noted = new WeakMap<HostContext, Entry>()
  const taken = new WeakSet<HostContext>()
  const middleware: DestinationMiddleware[] = []

  const messageOf = (type: MessageType, event: SourceEvent, facts: Facts): Message =>
    omitFields(toMessage(type, event, facts), omit)

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
      if (type === 'page') routes?.seen()
      const isKnown = isMessageType(type) && isMeantFor(names, event.integrations) && isSure()
      if (!isKnown || middleware.length > 0) return
      const entry = delivery.note(messageOf(type, event, facts))
      if (entry) noted.set(context, entry)
    } catch (cause) {
      reporter.error('could not take a call:', cause)
    }
  }

  /** Analytics.js is done with a call. If it has not come to `take` by then, it was filtered. */
  const release = (context: HostContext): void => {
    const entry = noted.get(context)
    if (entry) delivery.release(entry)
    noted.delete(context)
  }

  /** Nobody waits for it: Analytics.js makes all destinations wait for one. */
  const pass = async (type: MessageType, event: SourceEvent, facts: Facts): Promise<void> => {
    const passed = await passThrough(middleware, event, names[0]).catch((cause) =>
      reporter.error('middleware threw:', cause),
    )
    if (passed) delivery.take(messageOf(type, passed, facts))
    else delivery.giveUp(messageOf(type, event, facts), { reason: 'middleware' })
  }

  return {
    attach(analytics) {
      host = analytics
      isSure = createForesight(host)
      for (const detail of untold.splice(0)) host.emit('error', detail)
      host.on('dispatch_start', note)
      host.queue?.on?.('delivery_success', release)
      host.queue?.on?.('delivery_failure', release)
      if (settings.autoPage) {
        routes ??= watchRoutes((route) => {
          analytics.page(route).catch((cause) => reporter.error('page threw:', cause))
        })
      }
    },
    detach() {
      // Calls that are on their way still have to be released.
      host?.off('dispatch_start', note)
      routes?.stop()
      routes = undefined
    },
    take(type, context) {
      if (taken.has(context)) return
      taken.add(context)
      if (!isMessageType(type)) {
        reporter.log(`ignored ${type}`)
        return
      }
      try {
        const { event } = context
        const facts = factsOfCall.get(context) ?? readFacts()
        reporter.log(`took ${type} ${event.messageId}`)
        if (middleware.length > 0) {
          release(context)
          void pass(type, event, facts)
        } else {
          delivery.take(messageOf(type, event, facts), noted.get(context))
          noted.delete(context)
        }
      } catch (cause) {
        reporter.error('could not take a call:', cause)
      }
    },
    addMiddleware: (...given) => void middleware.push(...given),
    flush: delivery.flush,
    stats: delivery.stats,
  }
}
