import type { Time } from '../../lib/delivery/ports.ts'

const second = 1000
export const minute = 60 * second
export const hour = 60 * minute

/** How many tasks of the scripted ports are still to come. */
let pendingTurns = 0

/** Resolves in a later task, as what a browser does in the background. */
export function turn(): Promise<void> {
  pendingTurns++
  return new Promise((resolve) =>
    setImmediate(() => {
      pendingTurns--
      resolve()
    }),
  )
}

/**
 * Resolves when everything has happened that needs no time: no port has a task to come, and no promise a reaction, since
 * Node.js runs all reactions before the next task.
 */
export async function settled(): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve))
  while (pendingTurns > 0)
}

export interface Clock extends Time {
  /** Lets time pass: each pause ends when its time comes, one after the other. */
  advance(ms: number): Promise<void>
  /** Sets the visitor's clock forward, or back. No time passes. */
  jump(ms: number): void
}

/** Time that stands still until a test advances it. */
export function createClock(start = Date.UTC(2026, 0, 1)): Clock {
  let elapsed = 0
  let offset = start
  const sleepers = new Set<{ until: number; wake(): void }>()

  const nextSleeper = () => {
    let next: { until: number; wake(): void } | undefined
    for (const sleeper of sleepers) if (!next || sleeper.until < next.until) next = sleeper
    return next
  }

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    random: () => 0,
    pause(ms, signal) {
      if (signal?.aborted) return Promise.resolve()
      if (ms <= 0) return turn()
      return new Promise((resolve) => {
        const sleeper = {
          until: elapsed + ms,
          wake() {
            sleepers.delete(sleeper)
            signal?.removeEventListener('abort', sleeper.wake)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', sleeper.wake)
      })
    },
    async advance(ms) {
      const end = elapsed + ms
      await settled()
      for (let next = nextSleeper(); next && next.until <= end; next = nextSleeper()) {
        elapsed = next.until
        next.wake()
        await settled()
      }
      elapsed = end
      await settled()
    },
    jump(ms) {
      offset += ms
    },
  }
}
