/** Whether the browser is sure to have no network. That it has one, `onLine` cannot tell. */
export const isOffline = (): boolean => navigator.onLine === false

/** Resolves as soon as the browser is online, or at once when `signal` aborts. Never rejects. */
export const online = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted || !isOffline()) return resolve()
    const done = new AbortController()
    const end = (): void => {
      done.abort()
      resolve()
    }
    addEventListener('online', end, { signal: done.signal })
    signal.addEventListener('abort', end, { signal: done.signal })
  })
