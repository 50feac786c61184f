import type { Leases } from './leases.ts'
import type { Time } from './ports.ts'

/** How long a page that has nothing waiting keeps its locks, in milliseconds: the next call often follows soon. */
const lockIdleMs = 1000

/**
 * A page with nothing waiting holds no lock, so that the browser may freeze it.
 *
 * @param isEmpty whether nothing waits
 * @param isBusy whether something is still written, deleted or claimed
 * @returns releases the leases soon, unless something waits by then
 */
export function idleRelease(
  { isEmpty, isBusy }: { isEmpty(): boolean; isBusy(): boolean },
  leases: Leases,
  time: Time,
): () => void {
  let isDue = false

  async function release(): Promise<void> {
    do await time.pause(lockIdleMs)
    while (isEmpty() && isBusy())
    isDue = false
    if (isEmpty()) leases.release()
  }

  return () => {
    if (isDue || !isEmpty() || leases.held().length === 0) return
    isDue = true
    void release()
  }
}
