import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { type Contestant, contestants } from './contestants.ts'
import type { Site } from './site.ts'
import { pace } from './speed.ts'
import { type Stage, serialsFrom, setStage } from './stage.ts'

/** What a call costs while others wait, as the endpoint answers 503 to everything. */
export interface Scale {
  contestant: string
  /** How many calls were made before, and cannot be delivered. */
  waiting: number
  /** How long each call took until it returned, in milliseconds. */
  call: number[]
  /** Main-thread work per call, what the page does for those that wait included, in milliseconds of processor time. */
  work: number
  /** Memory that the page holds for each that waits, in bytes. */
  heapPerMessage: number | undefined
  /** How long it took to make the calls that wait, in milliseconds of processor time for each. */
  filling: number | undefined
}

const keepsNothing = ['floor', 'analytics-alone']
const levels = [0, 100, 1000, 10_000]
const calls = 20
/** Who needs so much for one call is not made to climb on, in milliseconds. */
const unbearable = 100
/**
 * A level that is not reached in this time is left out, in milliseconds. A call of Analytics.js alone takes some 3 ms where
 * others are a tenth of that: ten thousand of them need half a minute, and a slower machine twice that.
 */
const patience = 75_000
/** A budget is decided by several climbs, because one may be disturbed. */
const climbs: Record<string, number> = { 'plugin-alone': 3 }

export async function measureScale(
  browser: Browser,
  site: Site,
  among: Contestant[] = contestants.filter(({ id }) => !keepsNothing.includes(id)),
): Promise<Scale[]> {
  const results: Scale[] = []
  for (const contestant of among) {
    for (let left = climbs[contestant.id] ?? 1; left > 0; left--) {
      results.push(...(await climb(browser, site, contestant)))
    }
  }
  return results
}

async function climb(browser: Browser, site: Site, contestant: Contestant): Promise<Scale[]> {
  const stage = await setStage(browser, site, contestant)
  stage.collector.behaviour = { status: 503 }
  await stage.start()
  const empty = await stage.heapBytes()
  const steps: Scale[] = []
  let made = 0
  for (const level of levels) {
    const before = await stage.workMs()
    const reached = level > 0 ? await fill(stage, made, level) : 0
    const filling = (await stage.workMs()) - before
    if (reached < level) break
    const held = (await stage.heapBytes()) - empty
    const from = await stage.workMs()
    await stage.track(serialsFrom(level, calls), pace)
    const work = ((await stage.workMs()) - from) / calls
    steps.push({
      contestant: contestant.id,
      waiting: level,
      work,
      call: await lastCalls(stage),
      heapPerMessage: level > 0 ? held / level : undefined,
      filling: level > 0 ? filling / (level - made) : undefined,
    })
    made = level + calls
    if (work > unbearable) break
  }
  await stage.close()
  return steps
}

/** Makes calls in bursts, as fast as the contestant takes them. @returns how many there are in the end */
async function fill({ page }: Stage, made: number, level: number): Promise<number> {
  const filled = page.evaluate(
    async ([made, level, patience]) => {
      const start = performance.now()
      const first = made
      for (; made < level; made++) {
        window.bench.track(made)
        if (made % 20 > 0) continue
        await new Promise((resolve) => setTimeout(resolve))
        const elapsed = performance.now() - start
        const expected = (elapsed * (level - first)) / (made + 1 - first)
        if (elapsed > patience || (elapsed > 5000 && expected > patience)) break
      }
      return made
    },
    [made, level, patience] as const,
  )
  // Some take calls at once and do the work later, until the page has no time left for anything else.
  const reached = await Promise.race([filled.catch(() => made), pause(patience + 10_000, made)])
  // What it has begun for them, such as writing them down, is not the work of the calls that follow.
  await pause(1000)
  return reached
}

const lastCalls = ({ page }: Stage): Promise<number[]> =>
  page.evaluate((calls) => window.bench.calls.slice(-calls).map(({ took }) => took), calls)
