import type { Message } from '../message.ts'
import type { Answer, Entry, Online, Outbox, Pause, Prepare, Refusal, Send } from './ports.ts'

/** Why a message was given up; the list is closed. `refused`: the endpoint will not have it. */
export type DropReason = 'refused'

/** Why a message was dropped, with what the endpoint said of it. */
export interface Drop {
  reason: DropReason
  /** HTTP status. */
  status?: number
  /** What the endpoint said in its own words. */
  serverMessage?: string
}

/** What became of the messages since the page was loaded. */
export interface Stats {
  /** Messages that wait now, without the one in flight. */
  queued: number
  /** Messages in flight now. */
  inFlight: number
  delivered: number
  /** Attempts beyond the first of each message. */
  retried: number
  /** Messages given up, by reason. */
  dropped: Partial<Record<DropReason, number>>
}

/** What the delivery tells as it happens. None of these may throw. */
export interface DeliveryEvents {
  delivered(message: Message): void
  dropped(message: Message, drop: Drop): void
  retrying(message: Message, waitMs: number): void
  misconfigured(refusal: Refusal<'misconfigured'>, waiting: number, waitMs: number): void
}

export interface Delivery {
  /** Takes a message over: from now on it ends delivered, or dropped with a reason. Returns at once. */
  take(message: Message): void
  /** Tries at once. `true` when all that was taken before is settled, `false` when that try ended otherwise. */
  flush(): Promise<boolean>
  stats(): Stats
}

/** How long a wrong set-up is left alone before it is tried again, in milliseconds. */
const setUpPause = 5 * 60_000

/**
 * Delivers messages one after the other, in the order in which they were taken.
 *
 *     idle --take--> preparing --> sending --delivered, refused--> the next message, or idle
 *                        ^           |  '-- no answer: the sender itself waits and tries again
 *                        |           |
 *                        |           +-- misconfigured --> a pause --.
 *                        |           '-- interrupted --> offline ----|
 *                        '-------------------------------------------'
 *
 * A message leaves the outbox only when it is settled. `flush` ends a wait, never a request.
 */
export function createDelivery(
  ports: { outbox: Outbox; prepare: Prepare; send: Send; pause: Pause; online: Online },
  events: DeliveryEvents,
): Delivery {
  const { outbox, prepare, send, pause, online } = ports
  const counts = { inFlight: 0, delivered: 0, retried: 0 }
  const dropped: Stats['dropped'] = {}
  let flushes: { unsettled: number; done(settled: boolean): void }[] = []
  let wait = new AbortController()
  let draining = false
  let waiting = false
  let lastTried: Entry | undefined

  async function drain(): Promise<void> {
    if (draining) return
    draining = true
    for (let entry = outbox.first(); entry; entry = outbox.first()) {
      waiting = false
      wait = new AbortController()
      const message = await prepare(entry.message)
      await follow(entry, message, await attempt(entry, message))
    }
    draining = false
  }

  async function attempt(entry: Entry, message: Message): Promise<Answer> {
    const answer = await send(message, {
      signal: wait.signal,
      attempting() {
        waiting = false
        counts.inFlight = 1
        if (entry === lastTried) counts.retried++
        lastTried = entry
      },
      retrying(waitMs) {
        waiting = true
        counts.inFlight = 0
        endFlushes()
        events.retrying(message, waitMs)
      },
    })
    counts.inFlight = 0
    return answer
  }

  /** The one place that decides what becomes of a message. */
  async function follow(entry: Entry, message: Message, answer: Answer): Promise<void> {
    switch (answer.kind) {
      case 'delivered':
        counts.delivered++
        settle(entry)
        return events.delivered(message)
      case 'refused': {
        const { kind: reason, ...said } = answer
        dropped[reason] = (dropped[reason] ?? 0) + 1
        settle(entry)
        return events.dropped(message, { reason, ...said })
      }
      case 'misconfigured':
        waiting = true
        endFlushes()
        events.misconfigured(answer, outbox.size(), setUpPause)
        return pause(setUpPause, wait.signal)
      case 'interrupted':
        waiting = true
        if (!wait.signal.aborted) endFlushes()
        return online(wait.signal)
    }
  }

  function settle(entry: Entry): void {
    outbox.remove(entry)
    for (const flush of flushes) if (--flush.unsettled === 0) flush.done(true)
    flushes = flushes.filter((flush) => flush.unsettled > 0)
  }

  function endFlushes(): void {
    for (const flush of flushes) flush.done(false)
    flushes = []
  }

  return {
    take(message) {
      outbox.add(message)
      void drain()
    },
    flush() {
      const unsettled = outbox.size()
      if (unsettled === 0) return Promise.resolve(true)
      if (waiting) wait.abort()
      return new Promise((done) => flushes.push({ unsettled, done }))
    },
    stats: () => ({ queued: outbox.size() - counts.inFlight, ...counts, dropped: { ...dropped } }),
  }
}
