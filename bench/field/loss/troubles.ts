import { setTimeout as pause } from 'node:timers/promises'
import { moment, type Scenario, unavailable } from './scenario.ts'
import type { Visitor } from './visitor.ts'

/** What becomes of requests. */
export const troubles: Scenario[] = [
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
  {
    ...answered('429', '429 twice, Retry-After: 2', {
      status: 429,
      headers: { 'retry-after': '2' },
      times: 2,
    }),
    patienceMs: 20_000,
  },
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
  {
    id: 'service-worker',
    name: 'the same, a service worker answers',
    async run(visitor) {
      const page = await visitor.enter()
      await visitor.addServiceWorker(page)
      visitor.collector.behaviour = { cut: true, times: 2 }
      await visitor.call(page)
    },
  },
  { ...answered('lost-answer', 'answer lost twice', { loseAnswer: true, times: 2 }), losesAnswers: true },
  {
    id: 'poison',
    name: '500 to each request with the second call',
    // Whether the endpoint or the message is at fault shows after some attempts.
    patienceMs: 25_000,
    async run(visitor) {
      const page = await visitor.enter()
      const poison = visitor.made.size + 1
      visitor.collector.behaviour = { status: 500, only: poison }
      await visitor.call(page)
      visitor.made.delete(poison)
    },
  },
]

function answered(id: string, name: string, behaviour: Visitor['collector']['behaviour']): Scenario {
  return {
    id,
    name,
    async run(visitor) {
      const page = await visitor.enter()
      visitor.collector.behaviour = behaviour
      await visitor.call(page)
    },
  }
}
