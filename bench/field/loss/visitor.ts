import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext, Frame, Page } from '@playwright/test'
import { type Collector, openCollector } from '../collector.ts'
import type { Contestant } from '../contestants.ts'
import type { Site } from '../site.ts'

/** Somebody on a site that has a contestant on every page, with a collector of their own. */
export interface Visitor {
  collector: Collector
  /** The serial numbers of the calls that were made. */
  made: Set<number>
  context(): BrowserContext
  /** Opens a tab, and waits until the contestant has started in it. */
  open(): Promise<Page>
  /** Opens a tab and makes a first call there, as most sites do for the page view. */
  enter(): Promise<Page>
  /** Makes calls in one task, and in the same task goes where told. */
  call(page: Page | Frame, options?: CallOptions): Promise<void>
  /** Has the page make one call as it is left for the next one of the site. */
  callAtTheEnd(page: Page): Promise<void>
  /** Puts a page of the same site into the page. */
  embed(page: Page): Promise<Frame>
  /** Has a service worker control the page that answers where the network does not. */
  addServiceWorker(page: Page): Promise<void>
  /** Leaves whatever is open, and comes again: with the browser as it was, or with one that was started anew. */
  comeAgain(context?: BrowserContext): Promise<Page>
  close(): void
}

export interface CallOptions {
  count?: number
  /** Of each call, beyond the order that all calls carry. */
  bytes?: number
  leave?: 'reload' | 'next page' | 'elsewhere' | 'remove the frame'
}

export async function welcome(
  site: Site,
  contestant: Contestant,
  firstContext: BrowserContext,
): Promise<Visitor> {
  const collector = await openCollector(contestant.answer)
  const address = site.page(contestant.id, collector.url)
  const made = new Set<number>()
  let context = firstContext
  const pages = new Set<Page>()

  const next = (): number => {
    made.add(made.size)
    return made.size - 1
  }

  async function open(): Promise<Page> {
    const page = await context.newPage()
    pages.add(page)
    await page.goto(address)
    await started(page)
    return page
  }

  return {
    collector,
    made,
    context: () => context,
    open,
    async enter() {
      const page = await open()
      await page.evaluate((serial) => window.bench.track(serial), next())
      await pause(stay)
      return page
    },
    async call(page, { count = 5, bytes = 0, leave } = {}) {
      const serials = Array.from({ length: count }, next)
      const target = leave === 'elsewhere' ? site.elsewhere : `${address}&page=${made.size}`
      const called = page.evaluate(
        ([serials, bytes, leave, target]) => {
          for (const serial of serials) window.bench.track(serial, bytes)
          if (leave === 'reload') location.reload()
          if (leave === 'remove the frame') window.frameElement?.remove()
          if (leave !== 'next page' && leave !== 'elsewhere') return
          const link = Object.assign(document.createElement('a'), { href: target })
          document.body.append(link)
          link.click()
        },
        [serials, bytes, leave, target] as const,
      )
      // The page that could answer may be gone.
      await called.catch((error) => {
        if (!leave) throw error
      })
      if (leave === 'reload' || leave === 'next page') {
        await pause(100)
        await started(page)
      }
    },
    async callAtTheEnd(page) {
      const serial = next()
      await page.evaluate((serial) => addEventListener('pagehide', () => window.bench.track(serial)), serial)
      await page.goto(`${address}&page=${made.size}`)
      await started(page)
    },
    async embed(page) {
      await page.evaluate((src) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src }))
      }, `${address}&frame`)
      const frame = page.frames()[1]
      if (!frame) throw new Error('The page has no frame.')
      await started(frame)
      return frame
    },
    async addServiceWorker(page) {
      await page.evaluate(async () => {
        const isControlled = new Promise((resolve) => {
          navigator.serviceWorker.addEventListener('controllerchange', resolve)
        })
        await navigator.serviceWorker.register('service-worker.js')
        await isControlled
      })
    },
    async comeAgain(newContext) {
      if (newContext) {
        context = newContext
        pages.clear()
      }
      for (const page of pages) {
        if (page.isClosed()) continue
        await wake(page)
        await page.goto('about:blank')
      }
      return open()
    },
    close: () => collector.close(),
  }
}

/** A frozen page cannot be left: the visitor looks at it first. */
async function wake(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Page.setWebLifecycleState', { state: 'active' })
  await cdp.detach()
}

/** How long a visitor stays at least before anything happens, in milliseconds: the first call is delivered by then. */
const stay = 1000

async function started(page: Page | Frame): Promise<void> {
  await page.waitForFunction(() => window.isStarted, undefined, { timeout: 15_000 })
  // What it has still to load is no part of the trouble.
  await pause(500)
}
