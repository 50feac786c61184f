import type { Connection } from '../delivery/ports.ts'

/** Whether the browser is sure to have no network. `onLine` says nothing about where a network leads. */
export const isOffline = (): boolean => navigator.onLine === false

/** Hosts that can be reached without any network. */
const isLoopback = (hostname: string): boolean =>
  /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** The connection to an endpoint: without a network, one on this very machine still answers. */
export function connectionTo(endpoint: string): Connection {
  if (isLoopback(new URL(endpoint).hostname)) return { isOffline: () => false, whenOnline: async () => {} }
  return { isOffline, whenOnline }
}

/** Resolves as soon as the browser is online, or at once when `signal` aborts. Never rejects. */
const whenOnline = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted || !isOffline()) return resolve()
    const listening = new AbortController()
    const end = (): void => {
      listening.abort()
      resolve()
    }
    addEventListener('online', end, { signal: listening.signal })
    signal.addEventListener('abort', end, { signal: listening.signal })
  })
