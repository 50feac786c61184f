import { createAttempts } from './attempts.ts'
import { chooseEntry, hasProbe } from './choose.ts'
import type { DeliveryListener } from './drop.ts'
import type { Entry } from './entry.ts'
import { closedMs, type Gate, nextGate, openGate, tryNow } from './gate.ts'
import { isFailure, type Misconfigured, type Outcome, type Retryable } from './outcome.ts'
import { createParallelMode } from './parallel.ts'
import type { Sender, SenderHost, SenderPorts } from './sender-types.ts'
import { failedBefore, isProbe, setAside, suspect } from './set-aside.ts'
import { untilNavigated, waitOf } from './wait.ts'
import { createWakeUp } from './wake-up.ts'

/** Short repeats of one attempt, while all goes well. */
const retriesPerAttempt = 2

export function createSender(
  { send, retryAfter, connection, time }: SenderPorts,
  timeoutMs: number,
  host: SenderHost,
  listener: DeliveryListener,
): Sender {
  const attempts = createAttempts(send, time, timeoutMs, {
    onRequestEnd: listener.onRequestEnd,
    onTrouble: host.onTrouble,
  })
  const parallel = createParallelMode()
  let gate: Gate = openGate
  let lastOutcome: Outcome['kind'] | undefined
  let isRunning = false
  let isHeld = false
  const wakeUp = createWakeUp({ connection, time }, pump)

  function pump(): void {
    if (isHeld && host.size() > 0) listener.log?.onWait(untilNavigated)
    if (!isRunning || isHeld) return
    for (let entry = next(); entry; entry = next()) attempt(entry, false)
    comeBack()
  }

  /** The entry to send now; `undefined` where none may go. */
  function next(): Entry | undefined {
    if (connection.isOffline() || retryAfter.remainingMs() > 0) return undefined
    for (;;) {
      const entry = chooseEntry(host.entries(), gate, time.monotonic())
      if (!entry || !parallel.mayOverlap(entry, attempts.inFlight())) return undefined
      const drop = host.dropReasonOf(entry)
      if (!drop) return entry
      host.drop(entry, drop)
    }
  }

  /** Pumps again when the gate opens, a pause ends or the browser is online again. */
  function comeBack(): void {
    if (attempts.inFlight() > 0) return
    if (connection.isOffline() || host.size() > 0) host.onStuck()
    if (host.size() === 0) return
    const wait = waitOf({ connection, retryAfter }, gate, host.entries(), time.monotonic())
    wakeUp.after(wait.ms)
    listener.log?.onWait(wait)
  }

  function attempt(entry: Entry, isExit: boolean): boolean {
    host.prepare(entry)
    const retries = !isExit && gate.kind === 'open' && entry.failures === 0 ? retriesPerAttempt : 0
    const others = attempts.inFlight()
    const isSent = attempts.start(entry, { isExit, retries }, (outcome) => {
      if (entry.state !== 'settled') follow(entry, outcome, isExit)
      pump()
    })
    if (isSent) parallel.onSend(entry, others)
    return isSent
  }

  function follow(entry: Entry, outcome: Outcome, isExit: boolean): void {
    const now = time.monotonic()
    const wasProbe = gate.kind !== 'open' && gate.isProbeDue && isProbe(entry)
    if (outcome.kind === 'delivered') {
      if (wasProbe) for (const failed of failedBefore(entry, host.entries())) suspect(failed, now)
      parallel.onDelivered(entry, host.size() - 1)
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
      listener.onRetry(entry.message, outcome, Math.max(retryAfter.remainingMs(), closedMs(gate, now)))
    } else if (gate.kind === 'misconfigured' && !(gate.isProbeDue && hasProbe(host.entries(), now))) {
      listener.onMisconfigured(outcome, closedMs(gate, now))
    }
    host.onFailure()
  }

  return {
    pump,
    tryNow() {
      isHeld = false
      gate = tryNow(gate)
      for (const { setAside } of host.entries()) if (setAside) setAside.until = 0
      pump()
    },
    hold(held) {
      isHeld = held
      pump()
    },
    sendAtExit: (entry) => attempt(entry, true),
    isWorthExit: () =>
      gate.kind !== 'misconfigured' && retryAfter.remainingMs() === 0 && !connection.isOffline(),
    isMisconfigured: () => gate.kind === 'misconfigured',
    wasLastDelivered: () => lastOutcome === 'delivered',
    start() {
      isRunning = true
      pump()
    },
    stop() {
      isRunning = false
      wakeUp.cancel()
      attempts.endPauses()
    },
    cancel: attempts.cancel,
    letGo: attempts.letGo,
    inFlight: attempts.inFlight,
    retried: attempts.retried,
  }
}
