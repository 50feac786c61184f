import type { Leases } from './leases.ts'
import type { Time } from './ports.ts'
import type { WriteBehind } from './write-behind.ts'

/** How long a page that has nothing waiting keeps its locks, in milliseconds: the next call often follows soon. */
const lockIdleMs = 1000

/**
 * A page with nothing waiting holds no lock, so that the browser may freeze it.
 *
 * @returns releases the leases soon, if nothing waits then
 */
export function idleRelease(
  isEmpty: () => boolean,
  leases: Leases,
  writeBehind: WriteBehind,
  time: Time,
): () => void {
  let isDue = false
  return () => {
    if (isDue || !isEmpty()) return
    isDue = true
    void writeBehind
      .whenWritten()
      .then(() => time.pause(lockIdleMs))
      .then(() => {
        isDue = false
        if (isEmpty()) leases.release()
      })
  }
}
