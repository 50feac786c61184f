import type { Browser } from '@playwright/test'
import { type Contestant, contestants } from './contestants.ts'
import type { Site } from './site.ts'
import { serialsFrom, setStage } from './stage.ts'
import { rotated } from './statistics.ts'

/** Raw samples of one contestant at one speed of the processor, all in milliseconds. */
export interface Speed {
  contestant: string
  throttle: number
  /** Main-thread work to load the code, set it up and come to rest, of each round. */
  start: number[]
  /** How long a call took until it returned, of each call but the first of a round. */
  call: number[]
  /** The same of the first call of each round. */
  firstCall: number[]
  /** Main-thread work from the first call of a round until the page was at rest. */
  firstWork: number[]
  /** The same of the calls after it, per call, until all was delivered. */
  work: number[]
  /** From the call until the first bytes of its request reached the collector, of each call that arrived. */
  arrival: number[]
  /** Tasks over 50 milliseconds, of each round. */
  longTasks: number[]
  /** Requests, preflights among them, and bytes of those (head and body) per event, of each round. */
  requests: number[]
  bytes: number[]
}

export type Sampled = Exclude<keyof Speed, 'contestant' | 'throttle'>

export const calls = 20
/** Time between two calls: people do not click faster. */
export const pace = 30

export async function measureSpeed(
  browser: Browser,
  site: Site,
  { throttle, rounds, among = contestants }: { throttle: number; rounds: number; among?: Contestant[] },
): Promise<Speed[]> {
  const results = among.map(({ id }): Speed => ({ contestant: id, throttle, ...empty() }))
  for (let round = 0; round < rounds; round++) {
    for (const contestant of rotated(among, round)) {
      const speed = results.find((result) => result.contestant === contestant.id) as Speed
      await measureRound(browser, site, contestant, speed)
    }
  }
  return results
}

const empty = () => ({
  start: [],
  call: [],
  firstCall: [],
  firstWork: [],
  work: [],
  arrival: [],
  longTasks: [],
  requests: [],
  bytes: [],
})

async function measureRound(browser: Browser, site: Site, contestant: Contestant, speed: Speed) {
  const stage = await setStage(browser, site, contestant, speed.throttle)
  const { page, collector } = stage
  await page.evaluate(() => {
    const tasks: PerformanceEntry[] = []
    new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask' })
    Object.assign(window, { longTasks: tasks })
  })
  const before = await stage.workMs()
  await stage.start()
  const started = await stage.workMs()
  speed.start.push(started - before)

  const atStart = { ...collector.traffic }
  await stage.track(serialsFrom(0, 1), pace)
  await stage.rest()
  const called = await stage.workMs()
  speed.firstWork.push(called - started)

  await stage.track(serialsFrom(1, calls - 1), pace)
  if (contestant.id !== 'analytics-alone' && !(await stage.arrived(calls, 15_000))) {
    throw new Error(`${contestant.name} delivered ${collector.arrivals.length} of ${calls} events.`)
  }
  speed.work.push(((await stage.workMs()) - called) / (calls - 1))

  const made = await page.evaluate(() => window.bench.calls)
  speed.firstCall.push(...made.slice(0, 1).map(({ took }) => took))
  speed.call.push(...made.slice(1).map(({ took }) => took))
  for (const { serial, at } of collector.arrivals) {
    speed.arrival.push(at - (made.find((call) => call.serial === serial)?.at ?? Number.NaN))
  }
  speed.longTasks.push(await page.evaluate(() => (window as unknown as { longTasks: [] }).longTasks.length))
  speed.requests.push((collector.traffic.requests - atStart.requests) / calls)
  speed.bytes.push((collector.traffic.bytes - atStart.bytes) / calls)
  await stage.close()
}
