import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { type Collector, openCollector } from './collector.ts'
import type { Contestant } from './contestants.ts'
import type { Site } from './site.ts'

/** A visitor's browser with a page that has nothing on it yet, and a collector of its own. */
export interface Stage {
  page: Page
  cdp: CDPSession
  collector: Collector
  /** Loads a contestant's code, starts it, and waits until the page has nothing more to do. */
  start(): Promise<void>
  /** Makes calls, one every `paceMs` milliseconds, and waits for the last one to return. */
  track(serials: number[], paceMs: number): Promise<void>
  /** Waits until the page is done with what it was just asked for; not with what it means to do later. */
  rest(): Promise<void>
  /** Waits until that many different events have arrived. `false` when they have not within `patienceMs`. */
  arrived(count: number, patienceMs: number): Promise<boolean>
  /** Main-thread work of the page up to now, in milliseconds of processor time. */
  workMs(): Promise<number>
  /** Memory that the page's JavaScript holds after a garbage collection, in bytes. */
  heapBytes(): Promise<number>
  close(): Promise<void>
}

/** How long a page is left alone after it has last done something, in milliseconds. */
const calm = 300

/** @param throttle how many times slower the processor is made */
export async function setStage(
  browser: Browser,
  site: Site,
  contestant: Contestant,
  throttle = 1,
): Promise<Stage> {
  const rest = (): Promise<void> => pause(calm * Math.min(throttle, 1.5))
  const collector = await openCollector(contestant.answer)
  const context = await browser.newContext()
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await page.goto(site.blank)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  await pause(calm)
  return {
    page,
    cdp,
    collector,
    async start() {
      await page.evaluate(
        async ([code, url]) => {
          await import(code)
          await window.bench.start(url)
        },
        [site.code(contestant.id), collector.url] as const,
      )
      await rest()
    },
    rest,
    track: (serials, paceMs) =>
      page.evaluate(
        async ([serials, paceMs]) => {
          for (const serial of serials) {
            window.bench.track(serial)
            await new Promise((resolve) => setTimeout(resolve, paceMs))
          }
        },
        [serials, paceMs] as const,
      ),
    async arrived(count, patienceMs) {
      const end = Date.now() + patienceMs
      while (new Set(collector.arrivals.map(({ serial }) => serial)).size < count) {
        if (Date.now() > end) return false
        await pause(20)
      }
      await rest()
      return true
    },
    async workMs() {
      const { metrics } = await cdp.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
    },
    async heapBytes() {
      await cdp.send('HeapProfiler.collectGarbage')
      return (await cdp.send('Runtime.getHeapUsage')).usedSize
    },
    async close() {
      await context.close()
      collector.close()
    },
  }
}

export const serialsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index)
