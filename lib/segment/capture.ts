import type { Message, MessageType } from '../../protocol/message.ts'
import { isMessageType } from '../../protocol/message-type.ts'
import type { Delivery } from '../delivery/delivery-types.ts'
import type { Entry } from '../delivery/entry.ts'
import { snapshot } from '../mapping/snapshot.ts'
import { type PageContext, type SourceEvent, toMessage, withEnrichment } from '../mapping/to-message.ts'
import { watchEarlyCapture } from './early-capture.ts'
import { isEnabledFor } from './integrations.ts'
import { type DestinationMiddleware, passThrough } from './middleware.ts'
import type { Host, HostContext } from './types.ts'

/** Takes the calls of Analytics.js, and hands them over to the delivery as messages. */
export interface Capture {
  /** Listens to the calls of an Analytics.js. */
  attach(host: Host): void
  detach(): void
  /** Analytics.js dispatches a call to this destination. */
  accept(type: string, context: HostContext): void
  addMiddleware(...middleware: DestinationMiddleware[]): void
  /** Drops the calls made so far that Analytics.js, or a middleware, still has. */
  clear(): void
  /** How many calls are in an asynchronous middleware. */
  inMiddleware(): number
  /** Resolves when no middleware has a call that was made before. */
  whenMiddlewareIsDone(): Promise<unknown>
}

export interface CaptureOptions {
  /** The names of the destination in `integrations`; the first is its own. */
  names: readonly [string, ...string[]]
  readPageContext(): PageContext
  /**
   * The last change of a message that is made at once: what the site omits.
   *
   * @param order the place of its call among all calls of the page
   */
  finish(message: Message, order: number): Message
  /** The site has made a page call. */
  onPageCall(): void
  onDebug(text: string): void
  onError(text: string, ...cause: unknown[]): void
}

/** A call, from when it is made until Analytics.js is done with it. */
interface Call {
  order: number
  pageContext: PageContext
  /** The payload as it was captured. */
  traits: unknown
  properties: unknown
  /** What waits for the dispatch of the call, or for the end of the page. */
  entry?: Entry
  isAccepted: boolean
}

/**
 * A call goes through Analytics.js like this:
 *
 *     analytics.track() --dispatch_start--> onCall --some milliseconds--> accept --> delivery_success --> onDone
 *                                             |  captured: survives a page that ends meanwhile
 *
 * Until `accept`, the event contains the caller's own objects, so `onCall` replaces them by copies. Where nothing can still
 * drop or change the call, `onCall` captures its message, too.
 */
export function createCapture(
  delivery: Pick<Delivery, 'capture' | 'enqueue' | 'discard' | 'drop'>,
  { names, readPageContext, finish, onPageCall, onDebug, onError }: CaptureOptions,
): Capture {
  const calls = new WeakMap<HostContext, Call>()
  const middleware: DestinationMiddleware[] = []
  const passing = new Set<Promise<void>>()
  /** The listeners of each host, which stay the same when the plugin is registered again. */
  const listeners = new WeakMap<Host, (context: HostContext) => void>()
  const detachAll: (() => void)[] = []

  let callsMade = 0
  /** The place of the last call that `clear` has dropped. */
  let clearedUpTo = 0

  const createCall = ({ traits, properties }: SourceEvent): Call => ({
    order: ++callsMade,
    pageContext: readPageContext(),
    traits,
    properties,
    isAccepted: false,
  })

  const messageOf = (type: MessageType, event: SourceEvent, { pageContext, order }: Call): Message =>
    finish(toMessage(type, event, pageContext), order)

  /** Whether `clear` has dropped a call on its way. What was captured of it, the delivery has dropped. */
  function isCleared(type: MessageType, event: SourceEvent, call: Call): boolean {
    if (call.order > clearedUpTo) return false
    if (!call.entry) delivery.drop(messageOf(type, event, call), { reason: 'cleared' })
    return true
  }

  function onCall(context: HostContext, mayCaptureEarly: () => boolean): void {
    // Registered twice, the plugin hears of every call twice.
    if (calls.has(context)) return
    try {
      const { event } = context
      for (const part of ['properties', 'traits', 'context']) {
        if (event[part]) event[part] = snapshot(event[part])
      }
      const { type, integrations } = event
      const call = createCall(event)
      calls.set(context, call)
      if (type === 'page') onPageCall()
      if (!isMessageType(type) || middleware.length > 0) return
      if (!isEnabledFor(names, integrations) || !mayCaptureEarly()) return
      const entry = delivery.capture(messageOf(type, event, call))
      if (entry) call.entry = entry
    } catch (cause) {
      onError('A call could not be captured:', cause)
    }
  }

  /** Analytics.js is done with a call. If it was not dispatched to this destination by then, it was filtered. */
  function onDone(context: HostContext): void {
    const call = calls.get(context)
    if (call?.entry && !call.isAccepted) delivery.discard(call.entry)
  }

  function listenerOf(host: Host): (context: HostContext) => void {
    const known = listeners.get(host)
    if (known) return known
    const mayCaptureEarly = watchEarlyCapture(host)
    const listener = (context: HostContext): void => onCall(context, mayCaptureEarly)
    listeners.set(host, listener)
    // These stay when the plugin is deregistered: calls that are on their way still have to be discarded.
    host.queue?.on?.('delivery_success', onDone)
    host.queue?.on?.('delivery_failure', onDone)
    return listener
  }

  function accept(type: MessageType, context: HostContext): void {
    const { event } = context
    const call = calls.get(context) ?? createCall(event)
    if (call.isAccepted) return
    call.isAccepted = true
    calls.set(context, call)
    if (isCleared(type, event, call)) return
    if (middleware.length > 0) {
      if (call.entry) delivery.discard(call.entry)
      passMiddleware(type, event, call)
    } else if (call.entry) {
      const isPayloadReplaced = event.traits !== call.traits || event.properties !== call.properties
      const enriched = withEnrichment(call.entry.message, event, isPayloadReplaced)
      delivery.enqueue(finish(enriched, call.order), call.entry)
    } else delivery.enqueue(messageOf(type, event, call))
  }

  /** Not awaited: a slow middleware would delay all other destinations. */
  function passMiddleware(type: MessageType, event: SourceEvent, call: Call): void {
    const pass = async (): Promise<void> => {
      try {
        const passed = await passThrough(middleware, event, names[0])
        if (isCleared(type, event, call)) return
        if (passed) return delivery.enqueue(messageOf(type, passed, call))
      } catch (cause) {
        onError('A destination middleware threw:', cause)
      }
      delivery.drop(messageOf(type, event, call), { reason: 'middleware' })
    }
    const running = pass().finally(() => passing.delete(running))
    passing.add(running)
  }

  return {
    attach(host) {
      const listener = listenerOf(host)
      host.on('dispatch_start', listener)
      detachAll.push(() => host.off('dispatch_start', listener))
    },
    detach() {
      for (const detach of detachAll.splice(0)) detach()
    },
    accept(type, context) {
      try {
        if (isMessageType(type)) accept(type, context)
        else onDebug(`"${type}" is not part of this destination: ignored`)
      } catch (cause) {
        onError('A call could not be taken over:', cause)
      }
    },
    addMiddleware(...given) {
      // Of two plugins for one queue, the second passes on to here what Analytics.js has given to both.
      for (const one of given) if (!middleware.includes(one)) middleware.push(one)
    },
    clear() {
      clearedUpTo = callsMade
    },
    inMiddleware: () => passing.size,
    whenMiddlewareIsDone: () => Promise.all(passing),
  }
}
