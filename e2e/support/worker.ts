import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Whether the page's worker has said that it can take over; `undefined` where the page has made none. */
    isWorkerReady?: boolean
  }
}

/** Where a test's site has the worker. */
export const workerUrl = '/dist/userengage-worker.js'

/** Lets the test hear when a worker of the page can take over. */
export const watchWorker = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.SharedWorker = class extends SharedWorker {
      constructor(url: string | URL, options?: string | WorkerOptions) {
        super(url, options)
        window.isWorkerReady ??= false
        this.port.addEventListener('message', () => {
          window.isWorkerReady = true
        })
      }
    }
  })

/** Tracks one event and waits until the worker, which that calls for, can take over. */
export async function startWorker(page: Page): Promise<void> {
  await page.evaluate(() => void window.analytics.track('First'))
  await page.waitForFunction(() => window.isWorkerReady)
  await page.waitForFunction(() => window.plugin.stats().delivered === 1)
}
