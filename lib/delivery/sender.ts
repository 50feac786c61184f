import type { DeliveryListener, Drop } from './drop.ts'
import type { Entry } from './entry.ts'
import { closedMs, type Gate, nextGate, openGate, tryNow } from './gate.ts'
import type { Misconfigured, Outcome, Retryable } from './outcome.ts'
import { createParallelMode } from './parallel.ts'
import type { Connection, RetryAfterStore, Send, Time } from './ports.ts'
import { isPausing, isProbe, setAside } from './set-aside.ts'

/** Sends what waits: in order, one request at a time, as the gate allows. */
export interface Sender {
  /** Sends what may go now, and comes back by itself for the rest. */
  pump(): void
  /** Begins no request for so many milliseconds. */
  hold(ms: number): void
  /** Lets what pauses go at once, except where the server asked to be left alone. */
  tryNow(): void
  /** Sends one entry as the page ends. `false` where nothing more can be sent. */
  sendAtExit(entry: Entry): boolean
  /** Whether requests make sense as the page ends. */
  isWorthExit(): boolean
  /** Whether the endpoint last said that the set-up is wrong. */
  isMisconfigured(): boolean
  /** Whether the endpoint's last answer to this page was 2xx. */
  wasLastDelivered(): boolean
  /** Stops: no request begins any more. Pauses between repeats end, and their entries wait again. */
  stop(): void
  start(): void
  /** Ends the attempts for entries, whatever they are doing. */
  cancel(entry: Entry): void
  inFlight(): number
  /** Resolves when the attempts that are under way have ended. Never rejects. */
  whenIdle(): Promise<unknown>
  retried(): number
}

export interface SenderPorts {
  send: Send
  retryAfter: RetryAfterStore
  connection: Connection
  time: Time
}

/** What the sender asks of the delivery around it. */
export interface SenderHost {
  entries(): Iterable<Entry>
  size(): number
  /** Why an entry must not be sent at all. */
  dropReasonOf(entry: Entry): Drop | undefined
  drop(entry: Entry, drop: Drop): void
  deliver(entry: Entry): void
  /** The entry as it is sent. */
  prepare(entry: Entry): void
  /** An entry waits again after a failure. */
  onFailure(): void
  /** The attempt to deliver everything has ended without success. */
  onStuck(): void
}

/** Short repeats of one attempt, while all goes well. */
const retriesPerAttempt = 2

/** A slow endpoint is given twice the time with each attempt, up to this many times. */
const mostTimeoutDoublings = 4

export function createSender(
  { send, retryAfter, connection, time }: SenderPorts,
  timeoutMs: number,
  host: SenderHost,
  listener: DeliveryListener,
): Sender {
  const inFlight = new Map<Entry, AbortController>()
  const attempts = new Set<Promise<void>>()
  const parallel = createParallelMode()
  let gate: Gate = openGate
  let lastOutcome: Outcome['kind'] | undefined
  let isRunning = false
  let retried = 0
  let heldUntil = 0
  let wake: AbortController | undefined
  let wakesAt = 0

  function pump(): void {
    if (!isRunning) return
    for (let entry = next(); entry; entry = next()) attempt(entry, false)
    comeBack()
  }

  const heldMs = (): number => Math.max(heldUntil - time.monotonic(), 0)

  /** The entry to send now; `undefined` where none may go. */
  function next(): Entry | undefined {
    if (connection.isOffline() || retryAfter.remainingMs() > 0 || heldMs() > 0) return undefined
    for (;;) {
      const entry = candidate()
      if (!entry || !parallel.mayOverlap(entry, inFlight.size)) return undefined
      const drop = host.dropReasonOf(entry)
      if (!drop) return entry
      host.drop(entry, drop)
    }
  }

  function candidate(): Entry | undefined {
    if (gate.kind !== 'open' && gate.isProbeDue) {
      const probe = firstWaiting(isProbe)
      if (probe) return probe
    }
    return closedMs(gate, time.monotonic()) > 0 ? undefined : firstWaiting(() => true)
  }

  function firstWaiting(isWanted: (entry: Entry) => boolean): Entry | undefined {
    const now = time.monotonic()
    for (const entry of host.entries()) {
      if (entry.state === 'waiting' && !isPausing(entry, now) && isWanted(entry)) return entry
    }
    return undefined
  }

  /** Pumps again when the gate opens, a pause ends or the browser is online again. */
  function comeBack(): void {
    const isOffline = connection.isOffline()
    if (inFlight.size > 0) return
    if (isOffline || host.size() > 0) host.onStuck()
    if (host.size() === 0) return
    const waitMs =
      Math.max(retryAfter.remainingMs(), closedMs(gate, time.monotonic()), heldMs()) || shortestPauseMs()
    const wakeAt = isOffline ? Number.POSITIVE_INFINITY : time.monotonic() + waitMs
    // Called for every message while the gate is closed: one timer is enough.
    if (wake && !wake.signal.aborted && wakeAt === wakesAt) return
    wake?.abort()
    const waking = new AbortController()
    wake = waking
    wakesAt = wakeAt
    const waiting = isOffline ? connection.whenOnline(waking.signal) : time.pause(waitMs, waking.signal)
    void waiting.then(() => {
      if (waking.signal.aborted) return
      wake = undefined
      pump()
    })
  }

  /** Where the gate is open and nothing goes, all that waits is set aside. */
  function shortestPauseMs(): number {
    const now = time.monotonic()
    let shortest = Number.POSITIVE_INFINITY
    for (const { setAside } of host.entries())
      shortest = Math.min(shortest, Math.max((setAside?.until ?? now) - now, 0))
    return shortest
  }

  function attempt(entry: Entry, isExit: boolean): boolean {
    host.prepare(entry)
    const cancelling = new AbortController()
    const sending = send(entry.message, {
      isExit,
      timeoutMs: timeoutMs * 2 ** Math.min(entry.timeouts, mostTimeoutDoublings),
      retries: !isExit && gate.kind === 'open' && entry.failures === 0 ? retriesPerAttempt : 0,
      signal: cancelling.signal,
      onPause() {
        entry.state = 'pausing'
      },
      onRetry() {
        entry.state = 'sending'
        entry.attempts++
        retried++
      },
    })
    if (!sending) return false
    entry.state = 'sending'
    inFlight.set(entry, cancelling)
    parallel.onSend(entry)
    if (entry.attempts++ > 0) retried++
    const following = sending.then((outcome) => {
      attempts.delete(following)
      // A page that ended and came back may be sending it again.
      if (inFlight.get(entry) !== cancelling) return
      inFlight.delete(entry)
      entry.state = 'waiting'
      follow(entry, outcome, isExit)
      pump()
    })
    attempts.add(following)
    return true
  }

  function follow(entry: Entry, outcome: Outcome, isExit: boolean): void {
    const now = time.monotonic()
    const wasProbe = gate.kind !== 'open' && gate.isProbeDue && isProbe(entry)
    if (outcome.kind === 'delivered') {
      if (wasProbe) setAsideFailed(entry, now)
      parallel.onDelivered(entry, host.size() - 1, inFlight.size)
    } else if (outcome.kind !== 'refused') parallel.onFailed()
    if (outcome.kind === 'retryable' && outcome.retryAfterMs) retryAfter.set(outcome.retryAfterMs)
    if (!(outcome.kind === 'retryable' && outcome.cause === 'aborted')) lastOutcome = outcome.kind

    // The endpoint takes other messages: one that is set aside closes the gate for none of them.
    if (!(entry.setAside && isFailure(outcome))) {
      gate = nextGate(gate, outcome, {
        now,
        random: time.random(),
        isTimeOfNoUse: isExit || connection.isOffline(),
        isProbe: wasProbe,
      })
    }
    settle(entry, outcome, now)
  }

  /** The probe was delivered: what failed before it is at fault itself. */
  function setAsideFailed(probe: Entry, now: number): void {
    for (const entry of host.entries()) {
      if (entry === probe) return
      if (entry.failures === 0 || entry.setAside) continue
      listener.onSetAside(entry.message, setAside(entry, now))
    }
  }

  function settle(entry: Entry, outcome: Outcome, now: number): void {
    if (outcome.kind === 'delivered') host.deliver(entry)
    else if (outcome.kind === 'refused') {
      const { kind: reason, ...answer } = outcome
      host.drop(entry, { reason, ...answer })
    } else if (outcome.kind === 'misconfigured' || outcome.cause !== 'aborted') onFailure(entry, outcome, now)
  }

  function onFailure(entry: Entry, outcome: Misconfigured | Retryable, now: number): void {
    entry.failures++
    if (outcome.status === undefined) entry.failedAt = now
    if (outcome.kind === 'retryable' && outcome.cause === 'timeout') entry.timeouts++
    if (outcome.kind === 'retryable' && outcome.cause === 'bug') listener.onBug(outcome.error)
    if (entry.setAside) listener.onSetAside(entry.message, setAside(entry, now))
    else if (outcome.kind === 'retryable') {
      const waitMs = Math.max(retryAfter.remainingMs(), closedMs(gate, now))
      listener.onRetry(entry.message, outcome, waitMs)
    } else if (gate.kind === 'misconfigured' && !(gate.isProbeDue && firstWaiting(isProbe))) {
      listener.onMisconfigured(outcome, closedMs(gate, now))
    }
    host.onFailure()
  }

  return {
    pump,
    hold(ms) {
      heldUntil = time.monotonic() + ms
      pump()
    },
    tryNow() {
      heldUntil = 0
      gate = tryNow(gate)
      for (const { setAside } of host.entries()) if (setAside) setAside.until = 0
      pump()
    },
    sendAtExit: (entry) => attempt(entry, true),
    isWorthExit: () =>
      gate.kind !== 'misconfigured' && retryAfter.remainingMs() === 0 && !connection.isOffline(),
    isMisconfigured: () => gate.kind === 'misconfigured',
    wasLastDelivered: () => lastOutcome === 'delivered',
    start() {
      isRunning = true
      heldUntil = 0
      pump()
    },
    stop() {
      isRunning = false
      wake?.abort()
      wake = undefined
      for (const [entry, cancelling] of [...inFlight]) {
        if (entry.state !== 'pausing') continue
        inFlight.delete(entry)
        entry.state = 'waiting'
        cancelling.abort()
      }
    },
    cancel(entry) {
      inFlight.get(entry)?.abort()
      inFlight.delete(entry)
    },
    inFlight: () => inFlight.size,
    whenIdle: () => Promise.all(attempts),
    retried: () => retried,
  }
}

const isFailure = ({ kind }: Outcome): boolean => kind === 'retryable' || kind === 'misconfigured'
