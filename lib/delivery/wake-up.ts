import type { Connection, Time } from './ports.ts'

/** One alarm at a time. */
export interface WakeUp {
  /** Wakes after `ms` milliseconds, or as soon as the browser is online again. Replaces what was set before. */
  after(ms: number): void
  cancel(): void
}

export function createWakeUp(
  { connection, time }: { connection: Connection; time: Time },
  onWake: () => void,
): WakeUp {
  let waiting: AbortController | undefined
  let wakesAt = 0

  function cancel(): void {
    waiting?.abort()
    waiting = undefined
  }

  return {
    after(ms) {
      const isOffline = connection.isOffline()
      const at = isOffline ? Number.POSITIVE_INFINITY : time.monotonic() + ms
      // It is set for every call while the gate is closed: one timer is enough.
      if (waiting && at === wakesAt) return
      cancel()
      waiting = new AbortController()
      const { signal } = waiting
      wakesAt = at
      void (isOffline ? connection.whenOnline(signal) : time.pause(ms, signal)).then(() => {
        if (signal.aborted) return
        waiting = undefined
        onWake()
      })
    },
    cancel,
  }
}
