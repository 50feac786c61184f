import { setTimeout as pause } from 'node:timers/promises'
import { moment, type Scenario, unavailable } from './scenario.ts'

/** How pages end. */
export const pageEnds: Scenario[] = [
  {
    id: 'reload',
    name: 'reload',
    run: async (visitor) => visitor.call(await visitor.enter(), { leave: 'reload' }),
  },
  {
    id: 'navigation',
    name: 'navigation',
    run: async (visitor) => visitor.call(await visitor.enter(), { leave: 'next page' }),
  },
  {
    id: 'journey',
    name: 'a journey of six pages by links',
    async run(visitor) {
      const page = await visitor.enter()
      for (let pages = 1; pages < 6; pages++) await visitor.call(page, { leave: 'next page' })
    },
  },
  {
    id: 'elsewhere',
    name: 'away to another site',
    run: async (visitor) => visitor.call(await visitor.enter(), { leave: 'elsewhere' }),
  },
  {
    id: 'burst',
    name: '100 calls of 1 KB, and away',
    run: async (visitor) =>
      visitor.call(await visitor.enter(), { count: 100, bytes: 1024, leave: 'elsewhere' }),
  },
  {
    id: 'close',
    name: 'tab closed',
    // That to the request in flight.
    losesAnswers: true,
    async run(visitor) {
      const page = await visitor.enter()
      await visitor.call(page)
      await page.close()
    },
  },
  {
    id: 'first',
    name: 'tab closed with its first calls',
    // There was no time to start a worker that would read them.
    losesAnswers: true,
    async run(visitor) {
      const page = await visitor.open()
      await visitor.call(page)
      await page.close()
    },
  },
  {
    id: 'crash',
    name: 'tab crashes',
    losesAnswers: true,
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
    },
  },
  {
    id: 'pagehide',
    name: 'call in pagehide',
    run: async (visitor) => visitor.callAtTheEnd(await visitor.enter()),
  },
]
