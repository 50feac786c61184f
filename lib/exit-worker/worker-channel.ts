import type { OpenChannel, RetryAfterStore, TabChannel } from '../delivery/ports.ts'
import type { TabMessage } from '../delivery/tab-message.ts'

/** The worker's part in what the tabs of a queue say to each other. */
export interface WorkerChannel {
  open: OpenChannel
  /** Asks, for the page that hands over these leases, whether another page runs that would take them over. */
  ask(leases: readonly string[]): void
  /** Says, as the page that handed over these leases, that it has left them. */
  leave(leases: readonly string[]): void
  /** What the server asks of the worker, which it passes on to the pages: workers have no `localStorage`. */
  retryAfter: RetryAfterStore
}

/**
 * To the pages, the worker is one more tab, but one that makes way for them:
 *
 * - it claims only what a page has handed over to it, so it hears neither `left` nor `waiting` of other tabs;
 * - no page may count on it, so it never says that it runs;
 * - a page that begins, or that answers that it runs, takes over from the worker.
 *
 * @param onPageRuns runs when a page of the queue has begun, or has shown that it runs
 */
export function createWorkerChannel(
  openChannel: OpenChannel,
  retryAfter: RetryAfterStore,
  onPageRuns: () => void,
): WorkerChannel {
  let channel: TabChannel | undefined
  let onMessage = (_: TabMessage): void => {}
  /** The session that speaks. */
  let by = ''
  /** Those of which the lock may still be on its way. */
  const handedOver = new Set<string>()

  const tellRetryAfter = (): void => {
    const ms = retryAfter.remainingMs()
    if (ms > 0) channel?.post({ type: 'retry after', by: '', ms })
  }

  return {
    open(listener) {
      const opened = openChannel((message) => {
        const isPageRunning = message.type === 'begun' || (message.type === 'running' && message.to === by)
        if (message.type === 'evicted' || message.type === 'cleared') listener(message)
        if (!isPageRunning) return
        tellRetryAfter()
        onPageRuns()
      })
      channel = opened
      onMessage = listener
      return {
        post(message) {
          by = message.by
          if (message.type === 'begun' || message.type === 'running') return
          opened.post(
            message.type === 'yielding'
              ? { ...message, leases: [...new Set([...message.leases, ...handedOver])] }
              : message,
          )
        },
        close() {
          handedOver.clear()
          channel = undefined
          opened.close()
        },
      }
    },
    ask(leases) {
      for (const lease of leases) handedOver.add(lease)
      channel?.post({ type: 'waiting', by, leases: [...handedOver] })
    },
    leave(leases) {
      onMessage({ type: 'left', by: '', leases: [...leases], hasSuccessor: false })
    },
    retryAfter: {
      remainingMs: retryAfter.remainingMs,
      set(ms) {
        retryAfter.set(ms)
        tellRetryAfter()
      },
    },
  }
}
