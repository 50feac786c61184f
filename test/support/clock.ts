import type { Time } from '../../lib/delivery/ports.ts'

const second = 1000
export const minute = 60 * second
export const hour = 60 * minute

/** Resolves when everything has happened that needs no time. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve))
}

export interface Clock extends Time {
  /** Lets time pass: whoever pauses wakes when his time comes, one after the other. */
  advance(ms: number): Promise<void>
}

/** Time that stands still until a test advances it. */
export function createClock(start = Date.UTC(2026, 0, 1)): Clock {
  let now = start
  const sleepers = new Set<{ until: number; wake(): void }>()
  return {
    now: () => now,
    random: () => 0,
    pause: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = {
          until: now + ms,
          wake() {
            sleepers.delete(sleeper)
            resolve()
          },
        }
        sleepers.add(sleeper)
        if (signal?.aborted) sleeper.wake()
        signal?.addEventListener('abort', sleeper.wake)
      }),
    async advance(ms) {
      const end = now + ms
      await settled()
      for (;;) {
        const [next] = [...sleepers].sort((a, b) => a.until - b.until)
        if (!next || next.until > end) break
        now = Math.max(now, next.until)
        next.wake()
        await settled()
      }
      now = end
      await settled()
    },
  }
}
