import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { fillStorage } from './fill-storage.ts'
import { moment, type Scenario, unavailable } from './scenario.ts'

/** Pages that share a site, and its storage. */
export const sharedSites: Scenario[] = [
  {
    id: 'two-tabs',
    name: '503, two tabs, one closed',
    async run(visitor) {
      visitor.collector.behaviour = unavailable
      const [first, second] = (await Promise.all([visitor.enter(), visitor.enter()])) as [Page, Page]
      await visitor.call(first)
      await visitor.call(second)
      await pause(moment)
      await first.close()
    },
  },
  {
    id: 'frozen',
    name: '503, two tabs, one frozen',
    async run(visitor) {
      visitor.collector.behaviour = unavailable
      const [first, second] = (await Promise.all([visitor.enter(), visitor.enter()])) as [Page, Page]
      await visitor.call(first)
      await pause(moment)
      const cdp = await first.context().newCDPSession(first)
      await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
      await visitor.call(second)
    },
  },
  {
    id: 'frame',
    name: 'a frame of the same site, removed',
    async run(visitor) {
      const page = await visitor.enter()
      const frame = await visitor.embed(page)
      await visitor.call(page)
      await visitor.call(frame, { leave: 'remove the frame' })
    },
  },
  {
    id: 'full',
    name: 'storage fills up, 503 twice',
    async run(visitor) {
      const page = await visitor.enter()
      await fillStorage(page)
      visitor.collector.behaviour = { status: 503, times: 2 }
      await visitor.call(page)
    },
  },
  {
    id: 'cleared',
    name: '503, the site clears its storage',
    async run(visitor) {
      visitor.collector.behaviour = unavailable
      const page = await visitor.enter()
      await visitor.call(page)
      await pause(moment)
      const cdp = await page.context().newCDPSession(page)
      await cdp.send('Storage.clearDataForOrigin', {
        origin: new URL(page.url()).origin,
        storageTypes: 'all',
      })
    },
  },
]
