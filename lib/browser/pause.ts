/** Resolves when `signal` aborts. Never rejects. */
export const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal)
    else signal.addEventListener('abort', resolve, { once: true })
  })

/** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    if (signal) {
      void aborted(signal).then(() => {
        clearTimeout(timer)
        resolve()
      })
    }
  })
