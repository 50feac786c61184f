import type { Message } from '../../protocol/message.ts'
import { type Entry, isIdentity, keyParts } from './entry.ts'
import type { DeliveryEvents, Drop, DropReason, Stats } from './events.ts'
import { createFlushes } from './flushes.ts'
import { createOutbox, type OutboxPorts } from './outbox.ts'
import type { Answer, Complete, Connection, Send, ServerWait } from './ports.ts'
import { backoff } from './retry-timing.ts'

export interface Delivery {
  /**
   * Keeps a message whose call is still on its way through the page: it goes when it is taken, or when the page ends
   * first. `undefined` where it will not be delivered at all.
   */
  note(message: Message): Entry | undefined
  /** Takes a message over: from now on it ends delivered, or dropped with a reason. Returns at once. */
  take(message: Message, noted?: Entry): void
  /** Forgets a noted message: its call was not meant for this destination. */
  release(noted: Entry): void
  /** Counts and tells a message that is not to be delivered. */
  giveUp(message: Message, why: Drop): void
  /** Tries at once. `true` when all noted or taken before is settled, `false` when that try ended otherwise. */
  flush(): Promise<boolean>
  /** The page ends: what can still go must go within this task. */
  leave(): void
  /** The page was left and has come back as it was. */
  restore(): void
  stats(): Stats
}

export interface DeliveryPorts extends OutboxPorts {
  complete: Complete
  send: Send
  serverWait: ServerWait
  connection: Connection
}

export interface Limits {
  queue: string
  maxMessages: number
  maxAgeMs: number
  /** Why a message must not be sent, as the visitor has it now; `undefined` where nothing is against it. */
  objection(message: Message): DropReason | undefined
  /**
   * Makes of a completed message, once, what is stored and sent; `undefined` drops it. Before that it is kept in memory
   * alone. Where this is absent, messages are stored as they come, and completed as they leave.
   */
  finish?: ((message: Message) => Message | undefined) | undefined
}

/** How long a wrong set-up is left alone before it is tried again, in milliseconds. */
const setUpPause = 5 * 60_000

/** How long the first message waits for what earlier pages have left behind, in milliseconds. */
const patience = 1000

/** With more than this many waiting, one round trip for each takes minutes. */
const longQueue = 200

/** How many go side by side then. Browsers have six connections to a host: the site's own requests may need the others. */
const abreast = 4

/** A request that failed so shortly before the page ends was cut off by that: it may well have arrived. Milliseconds. */
const cutOff = 500

/**
 * Delivers messages one after the other, in the order in which they were taken. Here it is decided what becomes of one:
 *
 *     note --> noted --release--> forgotten
 *                | take, leave
 *                v
 *     take --> waiting <--no answer, wrong set-up-- sending --2xx--------------> settled: delivered
 *                |  '------- its turn, or leave ------^  '----400, 413, ...----> settled: refused
 *                '--too old, too many, an objection, not finished--------------> settled: expired, overflow, consent, ...
 *
 * Only the first that waits is sent, except when the page ends, and once a queue is long: from then on page and track
 * calls of a user whom the endpoint knows by its last answer go side by side, until the queue is empty, one fails, or
 * somebody says who they are: that goes alone. The drain rests while the server has asked for it, after a failure,
 * while the set-up is wrong, and while the browser is offline. `flush` ends a rest (not one that the server has asked
 * for), and never a request. A message leaves the outbox only when it is settled.
 */
export function createDelivery(ports: DeliveryPorts, limits: Limits, events: DeliveryEvents): Delivery {
  const { complete, send, serverWait, connection, time } = ports
  const counts = { delivered: 0, retried: 0 }
  const dropped: Stats['dropped'] = {}
  const noted = new Set<Entry>()
  const inFlight = new Map<Entry, Promise<void>>()
  const flushes = createFlushes()
  /** Failures in a row, and how long to rest for them, in milliseconds. */
  let failures = 0
  let rest = 0
  let resting: AbortController | undefined
  let life = new AbortController()
  let isDraining = false
  /** Whose message the endpoint took last, in a long queue: theirs may go side by side. */
  let known: string | false = false

  const outbox = createOutbox(ports, limits, {
    adopted(count) {
      events.log(`took over ${count}`)
      // What is too old must not push out what is not.
      for (const entry of [...outbox.waiting()]) dropUnfit(entry)
      keepWithinBounds()
      drain()
    },
    evicted: (entry) => drop(entry, { reason: 'overflow' }),
    log: events.log,
  })
  const begin = (): Promise<void> =>
    outbox.begin(life.signal).catch((error) => events.log(`unexpected: ${error}`))
  let begun = begin()

  function drain(): void {
    if (isDraining || life.signal.aborted) return
    isDraining = true
    drainAll(life.signal).catch((error) => {
      isDraining = false
      events.log(`unexpected: ${error}`)
    })
  }

  async function drainAll(signal: AbortSignal): Promise<void> {
    await Promise.race([begun, time.pause(patience)])
    known = false
    for (let entry = next(); (entry || inFlight.size > 0) && !signal.aborted; entry = next()) {
      if (!entry || !mayGoBeside(entry)) await Promise.race(inFlight.values())
      else if (dropUnfit(entry)) continue
      else if (!(await mayGo(signal))) break
      else if (!(await outbox.isOurs(entry))) settle(entry)
      // Some rests are long.
      else if (!dropUnfit(entry)) await deliver(entry, signal)
    }
    if (signal === life.signal) isDraining = false
  }

  function next(): Entry | undefined {
    for (const entry of outbox.waiting()) if (entry.phase === 'waiting') return entry
    return undefined
  }

  const mayGoBeside = ({ key, message }: Entry): boolean =>
    inFlight.size === 0 || (inFlight.size < abreast && !isIdentity(key) && userOf(message) === known)

  /** Rests as long as nothing may go. `false` when the page has ended meanwhile. */
  async function mayGo(signal: AbortSignal): Promise<boolean> {
    for (;;) {
      const wait = serverWait.left() || rest
      if (signal.aborted) return false
      if (wait === 0 && !connection.isOffline()) return true
      flushes.end()
      resting = new AbortController()
      await (wait > 0 ? time.pause(wait, resting.signal) : connection.online(resting.signal))
      resting = undefined
      rest = 0
    }
  }

  async function deliver(entry: Entry, signal: AbortSignal): Promise<void> {
    if (!limits.finish) entry.message = await complete.soon(entry.message)
    // Meanwhile the page may have ended, or there was no room for it.
    if (signal.aborted || entry.phase !== 'waiting') return
    if (isIdentity(entry.key)) known = false
    attempt(entry, false)
  }

  /** Sends what waits as the page ends, as far as the browser has room for requests that outlive it. */
  function sendLast(entries: Iterable<Entry>): void {
    if (rest === setUpPause || serverWait.left() > 0 || connection.isOffline()) return
    for (const entry of entries) {
      const wasCutOff = time.now() - entry.unansweredAt < cutOff
      if (entry.phase !== 'waiting' || wasCutOff || outbox.hasHeirOf(entry) || whyNot(entry)) continue
      if (!limits.finish) entry.message = complete.now(entry.message)
      attempt(entry, true)
    }
  }

  function attempt(entry: Entry, leaving: boolean): void {
    const attempting = send(entry.message, leaving)?.then((answer) => {
      inFlight.delete(entry)
      entry.phase = 'waiting'
      follow(entry, answer, leaving)
    })
    if (!attempting) return
    entry.phase = 'sending'
    inFlight.set(entry, attempting)
    if (entry.attempts++ > 0) counts.retried++
  }

  function follow(entry: Entry, answer: Answer, leaving: boolean): void {
    if (answer.kind !== 'unanswered') failures = 0
    known = answer.kind === 'delivered' && (known || outbox.size() > longQueue) && userOf(entry.message)
    if (answer.kind === 'delivered') {
      counts.delivered++
      settle(entry)
      events.delivered(entry.message)
    } else if (answer.kind === 'refused') {
      const { kind: reason, ...said } = answer
      drop(entry, { reason, ...said })
    } else if (answer.kind === 'misconfigured') {
      rest = setUpPause
      events.misconfigured(answer, rest)
    } else {
      if (answer.status === undefined) entry.unansweredAt = time.now()
      if (answer.retryAfterMs) serverWait.set(answer.retryAfterMs)
      // Without a connection no time helps: the next one is waited for. What a page sent as it was left failed at once,
      // which is not a failure after another. Of those that went side by side, one counts.
      rest = connection.isOffline() || leaving ? 0 : rest || backoff(++failures, time.random())
      events.retrying(entry.message, answer, serverWait.left() || rest)
    }
  }

  /** Why a message is not to be sent at all. */
  function whyNot({ key, message }: Entry): Drop | undefined {
    if ((keyParts(key)?.expires ?? 0) < time.now()) return { reason: 'expired' }
    const reason = limits.objection(message)
    return reason && { reason }
  }

  function dropUnfit(entry: Entry): boolean {
    const why = entry.phase === 'waiting' && whyNot(entry)
    if (why) drop(entry, why)
    return Boolean(why)
  }

  function drop(entry: Entry, why: Drop): void {
    settle(entry)
    giveUp(entry.message, why)
  }

  function giveUp(message: Message, why: Drop): void {
    dropped[why.reason] = (dropped[why.reason] ?? 0) + 1
    events.dropped(message, why)
  }

  function settle(entry: Entry): void {
    outbox.remove(entry)
    flushes.settled(entry)
  }

  /** Puts a noted message to those that wait, unless it is finished off. */
  function admit(entry: Entry): void {
    noted.delete(entry)
    if (limits.finish) {
      const finished = limits.finish(complete.now(entry.message))
      if (finished) {
        entry.message = finished
        outbox.keep(entry)
      } else {
        drop(entry, { reason: 'beforeSend' })
        return
      }
    }
    outbox.queue(entry)
  }

  function enqueue(entry: Entry): void {
    admit(entry)
    keepWithinBounds()
    if (life.signal.aborted) sendLast([entry])
    else drain()
  }

  function keepWithinBounds(): void {
    while (outbox.size() > limits.maxMessages) {
      const entry = outbox.expendable()
      if (!entry) return
      drop(entry, { reason: 'overflow' })
    }
  }

  const release = (entry: Entry): void => {
    if (noted.delete(entry)) settle(entry)
  }

  return {
    note(message) {
      if (limits.objection(message)) return undefined
      const entry = outbox.note(message, !limits.finish)
      noted.add(entry)
      // Once the page has ended, calls do not come through it any more.
      if (life.signal.aborted) enqueue(entry)
      return entry
    },
    take(message, entry) {
      // It went when the page ended.
      if (entry && !noted.has(entry)) return
      const reason = limits.objection(message)
      if (reason) {
        if (entry) release(entry)
        return giveUp(message, { reason })
      }
      const taken = entry ?? outbox.note(message, !limits.finish)
      taken.message = message
      if (!limits.finish || life.signal.aborted) return enqueue(taken)
      noted.add(taken)
      void complete.soon(message).then(() => noted.has(taken) && enqueue(taken))
    },
    release,
    giveUp,
    flush() {
      const settling = flushes.of([...noted, ...outbox.waiting()])
      resting?.abort()
      drain()
      return settling
    },
    leave() {
      for (const entry of noted) admit(entry)
      sendLast([...outbox.waiting()])
      outbox.close()
      life.abort()
      resting?.abort()
      flushes.end()
    },
    restore() {
      life = new AbortController()
      begun = begin()
      isDraining = false
      drain()
    },
    stats: () => ({
      ...counts,
      queued: outbox.size() - inFlight.size,
      inFlight: inFlight.size,
      dropped: { ...dropped },
    }),
  }
}

/** By whom the endpoint chooses the user (the vendor's page, "Identify"). */
const userOf = ({ userId, anonymousId }: Message): string => userId ?? anonymousId ?? ''
