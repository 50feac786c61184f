import { aborted } from './pause.ts'

/** Whether the browser is sure to have no network. That it has one, `onLine` cannot tell. */
export const isOffline = (): boolean => navigator.onLine === false

/** Resolves as soon as the browser is online, or at once when `signal` aborts. Never rejects. */
export const online = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (!isOffline()) return resolve(true)
    addEventListener('online', resolve, { once: true })
    void aborted(signal).then(resolve)
  })
