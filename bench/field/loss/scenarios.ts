import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { fillStorage } from './fill-storage.ts'
import type { Visitor } from './visitor.ts'

/** Something that happens to a visitor. When it is over, the endpoint answers again, and the browser is online. */
export interface Scenario {
  id: string
  name: string
  /** Whether it needs a browser of its own. */
  kills?: boolean
  run(visitor: Visitor): Promise<void>
}

/** How long a page has for what it begins at once, such as writing down what it cannot send, in milliseconds. */
const moment = 1000

const unavailable = { status: 503 }

export const scenarios: Scenario[] = [
  {
    id: 'reload',
    name: 'reload',
    run: async (visitor) => visitor.call(await visitor.enter(), 'reload'),
  },
  {
    id: 'navigation',
    name: 'navigation',
    run: async (visitor) => visitor.call(await visitor.enter(), 'leave'),
  },
  {
    id: 'close',
    name: 'tab closed',
    async run(visitor) {
      const page = await visitor.enter()
      await visitor.call(page)
      await page.close()
    },
  },
  {
    id: 'crash',
    name: 'tab crashes',
    async run(visitor) {
      const page = await visitor.enter()
      await visitor.call(page)
      const crashed = page.waitForEvent('crash')
      await page.goto('chrome://crash').catch(() => {})
      await crashed
      await page.close()
    },
  },
  {
    id: 'kill',
    name: '503, then browser killed',
    kills: true,
    async run(visitor) {
      visitor.collector.behaviour = unavailable
      await visitor.call(await visitor.enter())
      await pause(moment)
      await visitor.restart()
    },
  },
  {
    id: 'offline',
    name: 'offline for a while',
    async run(visitor) {
      const page = await visitor.enter()
      await visitor.context().setOffline(true)
      await visitor.call(page)
      await pause(moment)
      await visitor.context().setOffline(false)
    },
  },
  {
    id: 'offline-closed',
    name: 'offline, then tab closed',
    async run(visitor) {
      const page = await visitor.enter()
      await visitor.context().setOffline(true)
      await visitor.call(page)
      await pause(moment)
      await page.close()
      await pause(moment)
      await visitor.context().setOffline(false)
    },
  },
  answered('503', '503 twice', { status: 503, times: 2 }),
  answered('429', '429 twice, Retry-After: 2', { status: 429, headers: { 'retry-after': '2' }, times: 2 }),
  {
    id: 'outage',
    name: '503 for a whole visit',
    async run(visitor) {
      visitor.collector.behaviour = unavailable
      const page = await visitor.enter()
      await visitor.call(page)
      await pause(moment)
      await page.close()
      await pause(moment)
    },
  },
  answered('cut', 'connection cut twice', { cut: true, times: 2 }),
  answered('lost-answer', 'answer lost twice', { loseAnswer: true, times: 2 }),
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
    id: 'pagehide',
    name: 'call in pagehide',
    run: async (visitor) => visitor.callAtTheEnd(await visitor.enter()),
  },
]

function answered(id: string, name: string, behaviour: Visitor['collector']['behaviour']): Scenario {
  return {
    id,
    name,
    async run(visitor) {
      visitor.collector.behaviour = behaviour
      await visitor.call(await visitor.enter())
    },
  }
}
