import type { Browser, Page } from '@playwright/test'

/** A long task is one of 50 ms; on a device four times as slow, a quarter of that is one. */
export const longTaskMs = 50 / 4

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** Microseconds of processor time. */
  tdur?: number
  args: { name?: string; data?: { type?: string } }
}

async function trace(
  browser: Browser,
  page: Page,
  category: string,
  work: () => Promise<unknown>,
): Promise<TraceEvent[]> {
  await browser.startTracing(page, { categories: [category] })
  await work()
  return JSON.parse(String(await browser.stopTracing())).traceEvents
}

/**
 * The longest task of the site's tabs while `work` runs, in milliseconds of processor time: how busy the machine is
 * otherwise makes no difference.
 */
export async function longestTask(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<number> {
  const events = await trace(browser, page, 'toplevel', work)
  const mainThreads = events
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`)
  const microseconds = events
    .filter(({ name, pid, tid }) => name.endsWith('::RunTask') && mainThreads.includes(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur)
  return Math.max(...microseconds) / 1000
}

/** What all listeners of these events took together while `work` runs, in milliseconds of processor time. */
export async function workOfListeners(
  browser: Browser,
  page: Page,
  types: readonly string[],
  work: () => Promise<unknown>,
): Promise<number> {
  const events = await trace(browser, page, 'devtools.timeline', work)
  const microseconds = events
    .filter(({ name, args }) => name === 'EventDispatch' && types.includes(args.data?.type ?? ''))
    .map(({ tdur = 0 }) => tdur)
  return microseconds.reduce((sum, one) => sum + one, 0) / 1000
}
