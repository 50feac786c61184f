import type { Message } from '../../protocol/message.ts'
import type { DeliveryListener, Drop, DropReason, Stats } from './drop.ts'
import type { Entry } from './entry.ts'
import { keyParts } from './entry-key.ts'
import { createFlushTracker } from './flush-tracker.ts'
import { createOutbox, type DeviceStorage, type OutboxLimits } from './outbox.ts'
import { type ExitPlan, isSentAtExit, leavingMs, planExit } from './page-exit.ts'
import type { Enrich, ExitWorker } from './ports.ts'
import { createSender, type SenderPorts } from './sender.ts'

export interface Delivery {
  /** Begins to keep and send messages. Before that, it touches nothing. */
  begin(): void
  /**
   * Keeps a message whose call is still on its way through the page: it goes when it is enqueued, or when the page ends
   * first. `undefined` where it must not be sent.
   */
  capture(message: Message): Entry | undefined
  /** Takes a message over: from now on it ends delivered, or dropped with a reason. Returns at once. */
  enqueue(message: Message, captured?: Entry): void
  /** Forgets a captured message: its call was not meant for this destination. */
  discard(captured: Entry): void
  /** Counts and reports a message that is not to be sent. */
  drop(message: Message, drop: Drop): void
  /** Tries at once. `true` when all that was captured or enqueued before is settled, `false` when that try failed. */
  flush(): Promise<boolean>
  /** Drops all that waits, on this device and in all tabs. */
  clear(): Promise<void>
  /** Another document is about to replace this one: a request that began now would hardly get its answer. */
  onPageLeaving(): void
  /** It does not after all. */
  onPageStay(): void
  /** The page ends: what can still go must go within this task. */
  onPageHide(isNextPageOfSite: boolean): void
  /** The page was left, and has come back as it was. */
  onPageRestore(): void
  /** For a worker: sends nothing more, and resolves when a page may take over what is left. Never rejects. */
  makeWay(): Promise<void>
  stats(): Stats
}

export interface DeliveryPorts extends SenderPorts {
  /** `undefined` keeps nothing on the device. */
  storage: DeviceStorage | undefined
  enrich: Enrich
  worker: ExitWorker | undefined
}

export interface DeliverySettings extends OutboxLimits {
  timeoutMs: number
  /** Whether a 2xx to the message before counts for what a page sends as it ends. */
  atExit: 'resend' | 'trust'
  /** Why a message must not be sent, as the visitor has it now. */
  blockedBy(message: Message): DropReason | undefined
  /**
   * The site's own change of an enriched message, once, before it is stored; `undefined` drops it. Where this is absent,
   * messages are stored as they come, and enriched as they leave.
   */
  transform?: ((message: Message) => Message | undefined) | undefined
}

/**
 * Decides what becomes of a message:
 *
 *     capture --> captured --discard--> forgotten
 *                   | enqueue, or the page ends
 *                   v
 *     enqueue -> waiting <--failed, wrong set-up-- sending <--> pausing
 *                   |  '---- its turn, page exit -----^ |
 *                   |                                   '--2xx, 400, ...--> settled: delivered, refused
 *                   '--too old, too many, blocked, cleared ---------------> settled: expired, overflow, consent, ...
 *
 * The sender decides when a message goes, the outbox where it is kept. A message leaves the outbox only when it is
 * settled.
 */
export function createDelivery(
  { storage, enrich, worker, ...ports }: DeliveryPorts,
  settings: DeliverySettings,
  listener: DeliveryListener,
): Delivery {
  const { time } = ports
  const { transform, blockedBy } = settings
  const captured = new Set<Entry>()
  const flushes = createFlushTracker()
  const dropped: Stats['dropped'] = {}
  let delivered = 0
  /** `ended` until a page that was left comes back. */
  let phase: 'new' | 'running' | 'ended' = 'new'
  let exitPlan: ExitPlan = 'send'

  const outbox = createOutbox(storage, time, settings, {
    onClaimed(entries) {
      listener.onDebug(`${entries.length} messages of pages that have ended wait here now`)
      // Expired entries first: they must not push out valid ones.
      for (const entry of entries) dropIfUnsendable(entry)
      keepWithinBounds()
      sender.pump()
    },
    onEvicted(entries) {
      for (const entry of entries) settleDropped(entry, { reason: 'overflow' })
    },
    onDroppedElsewhere(entries) {
      for (const entry of entries) flushes.onSettled(entry)
    },
    onCleared: dropAll,
    onRetryAfter: ports.retryAfter.set,
    onDebug: listener.onDebug,
  })

  const sender = createSender(
    ports,
    settings.timeoutMs,
    {
      entries: outbox.entries,
      size: outbox.size,
      dropReasonOf,
      drop: settleDropped,
      deliver: settleDelivered,
      prepare(entry) {
        if (!transform) entry.message = enrich.withKnown(entry.message)
      },
      onFailure: outbox.onFailure,
      onStuck: flushes.end,
    },
    listener,
  )

  function begin(): void {
    if (phase === 'running') return
    phase = 'running'
    const ready = Promise.all([outbox.begin(), enrich.whenReady()])
    void ready.then(() => phase === 'running' && sender.start()).catch(listener.onBug)
  }

  function dropReasonOf({ key, message, expiresAt }: Entry): Drop | undefined {
    // A clock that was set forward expires nothing that the monotonic clock denies.
    const isExpired = (keyParts(key)?.expires ?? 0) < time.now() && expiresAt < time.monotonic()
    const reason = isExpired ? 'expired' : blockedBy(message)
    return reason && { reason }
  }

  function dropIfUnsendable(entry: Entry): void {
    const drop = entry.state === 'waiting' ? dropReasonOf(entry) : undefined
    if (drop) settleDropped(entry, drop)
  }

  function settleDropped(entry: Entry, why: Drop): void {
    settle(entry)
    drop(entry.message, why)
  }

  function settleDelivered(entry: Entry): void {
    settle(entry)
    delivered++
    listener.onDelivered(entry.message)
  }

  function settle(entry: Entry): void {
    captured.delete(entry)
    outbox.remove(entry)
    flushes.onSettled(entry)
  }

  function drop(message: Message, why: Drop): void {
    dropped[why.reason] = (dropped[why.reason] ?? 0) + 1
    listener.onDropped(message, why)
  }

  function dropAll(): void {
    for (const entry of [...captured, ...outbox.entries()]) {
      sender.cancel(entry)
      settleDropped(entry, { reason: 'cleared' })
    }
  }

  /** Moves a captured entry to those that wait, unless `beforeSend` drops it. */
  function moveToQueue(entry: Entry): void {
    captured.delete(entry)
    if (transform) {
      const transformed = transform(enrich.withKnown(entry.message))
      if (!transformed) {
        settleDropped(entry, { reason: 'beforeSend' })
        return
      }
      entry.message = transformed
      outbox.persist(entry)
    }
    outbox.enqueue(entry)
  }

  function enqueueEntry(entry: Entry): void {
    moveToQueue(entry)
    keepWithinBounds()
    if (phase === 'ended') leave([entry])
    else {
      sender.pump()
      if (outbox.size() > 0) worker?.prepare()
    }
  }

  function keepWithinBounds(): void {
    while (outbox.size() - sender.inFlight() > settings.maxMessages) {
      const entry = outbox.expendable()
      if (!entry) return
      settleDropped(entry, { reason: 'overflow' })
    }
  }

  function capture(message: Message): Entry {
    const entry = outbox.capture(message)
    captured.add(entry)
    if (!transform) outbox.persist(entry)
    return entry
  }

  /** Leaves entries to whoever sends them after this page. */
  function leave(entries: Iterable<Entry>): void {
    if (exitPlan === 'hand over') {
      const { texts, leases } = outbox.handOver(entries)
      worker?.handOver(texts, leases)
      return
    }
    const stays = ({ isStored, isJournaled }: Entry): boolean =>
      exitPlan === 'leave' && (isStored || isJournaled)
    sendAtExit([...entries].filter((entry) => !stays(entry)))
  }

  function sendAtExit(entries: readonly Entry[]): void {
    if (!sender.isWorthExit()) return
    const isTrusted = settings.atExit === 'trust' && sender.wasLastDelivered()
    const now = time.monotonic()
    for (const entry of entries) {
      if (!isSentAtExit(entry, now) || dropReasonOf(entry)) continue
      // The browser has no room for more requests that outlive the page.
      if (!sender.sendAtExit(entry)) return
      if (isTrusted) settleDelivered(entry)
      else outbox.markExit(entry)
    }
  }

  return {
    begin,
    capture(message) {
      if (blockedBy(message)) return undefined
      const entry = capture(message)
      // After pagehide Analytics.js dispatches nothing, so `enqueue` will never run.
      if (phase === 'ended') enqueueEntry(entry)
      return entry
    },
    enqueue(message, early) {
      // The end of the page has moved it to the queue already.
      if (early && !captured.has(early)) return
      const reason = blockedBy(message)
      if (reason) {
        if (early) settle(early)
        return drop(message, { reason })
      }
      const entry = early ?? capture(message)
      entry.message = message
      if (!transform || phase === 'ended') return enqueueEntry(entry)
      void enrich.whenReady().then(() => captured.has(entry) && enqueueEntry(entry))
    },
    discard(entry) {
      if (captured.has(entry)) settle(entry)
    },
    drop,
    flush() {
      const settling = flushes.track([...captured, ...outbox.entries()])
      sender.tryNow()
      if (phase !== 'running') flushes.end()
      return settling
    },
    async clear() {
      dropAll()
      await outbox.clear()
    },
    onPageLeaving: () => sender.hold(leavingMs),
    onPageStay: () => sender.hold(0),
    onPageHide(isNextPageOfSite) {
      if (phase === 'ended') return
      phase = 'ended'
      for (const entry of [...captured]) moveToQueue(entry)
      sender.stop()
      exitPlan = planExit({
        isNextPageOfSite,
        hasRunningPeer: outbox.hasRunningPeer(),
        hasWorker: worker !== undefined && worker.isReady() && !sender.isMisconfigured(),
      })
      leave(outbox.entries())
      outbox.end()
      flushes.end()
    },
    onPageRestore: begin,
    async makeWay() {
      if (phase !== 'running') return
      phase = 'ended'
      sender.stop()
      await outbox.makeWay(sender.whenIdle())
    },
    stats: () => ({
      queued: outbox.size() - sender.inFlight() + captured.size,
      inFlight: sender.inFlight(),
      delivered,
      retried: sender.retried(),
      dropped: { ...dropped },
    }),
  }
}
