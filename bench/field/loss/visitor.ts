import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext, Page } from '@playwright/test'
import { type Collector, openCollector } from '../collector.ts'
import type { Contestant } from '../contestants.ts'
import type { Site } from '../site.ts'

/** A browser that remembers: what a page stores, the next page finds. */
export interface Profile {
  context: BrowserContext
  /** SIGKILL to the browser, which is then started again with what it has on disk. */
  restart?(): Promise<BrowserContext>
}

/** Somebody on a site that has a contestant on every page, with a collector of their own. */
export interface Visitor {
  collector: Collector
  context(): BrowserContext
  /** Opens a tab, and waits until the contestant has started in it. */
  enter(): Promise<Page>
  /** Makes calls in one task, and in the same task leaves the page where told so. */
  call(page: Page, then?: 'reload' | 'leave'): Promise<void>
  /** Has the page make one call as it is left. */
  callAtTheEnd(page: Page): Promise<void>
  /** The serial numbers of the calls that were made. */
  made: Set<number>
  restart(): Promise<void>
  close(): Promise<void>
}

const calls = 5

export async function welcome(site: Site, contestant: Contestant, profile: Profile): Promise<Visitor> {
  const collector = await openCollector(contestant.answer)
  const address = site.page(contestant.id, collector.url)
  const made = new Set<number>()
  let { context } = profile

  const next = (): number => {
    made.add(made.size)
    return made.size - 1
  }

  return {
    collector,
    made,
    context: () => context,
    async enter() {
      const page = await context.newPage()
      await page.goto(address)
      await started(page)
      return page
    },
    async call(page, then) {
      const serials = Array.from({ length: calls }, next)
      const called = page.evaluate(
        ([serials, then, address]) => {
          for (const serial of serials) window.bench.track(serial)
          if (then === 'reload') location.reload()
          if (then === 'leave') location.href = `${address}&second`
        },
        [serials, then, address] as const,
      )
      // The page that could answer may be gone.
      await called.catch((error) => {
        if (!then) throw error
      })
      if (!then) return
      await pause(100)
      await started(page)
    },
    async callAtTheEnd(page) {
      const serial = next()
      await page.evaluate((serial) => addEventListener('pagehide', () => window.bench.track(serial)), serial)
      await page.goto(`${address}&second`)
      await started(page)
    },
    async restart() {
      if (profile.restart) context = await profile.restart()
    },
    async close() {
      collector.close()
    },
  }
}

const started = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => window.isStarted, undefined, { timeout: 15_000 })
  // What it has still to load is no part of the trouble.
  await pause(500)
}
