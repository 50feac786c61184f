import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { type Contestant, contestants } from './contestants.ts'
import { inPool } from './pool.ts'
import type { Site } from './site.ts'
import { type Stage, setStage } from './stage.ts'

/** What becomes of a thousand calls that were made offline, once the browser is online again and one more is made. */
export interface Drain {
  contestant: string
  /** How long the collector takes to answer, in milliseconds. */
  latencyMs: number
  made: number
  arrived: number
  /** From the moment the browser is online until the last one arrived, in milliseconds. */
  took: number
  /** Requests that carried events. */
  requests: number
}

export const backlog = 1000
/** A drain ends when nothing more has come for so long, in milliseconds: longer than any contestant's first waits. */
const silence = 20_000
/** It is cut off after this, in milliseconds. */
const patience = 90_000
/** Drains wait for answers most of the time, the more the longer these take: latency by how many can go on at once. */
const atOnce = { 50: 2, 200: 5 }

export async function measureDrain(
  browser: Browser,
  site: Site,
  among: Contestant[] = contestants.filter(({ isYardstick }) => !isYardstick),
): Promise<Drain[]> {
  const drains: Drain[] = []
  for (const [latency, count] of Object.entries(atOnce)) {
    const latencyMs = Number(latency)
    drains.push(...(await inPool(count, among, (each) => drain(browser, site, each, latencyMs))))
  }
  return drains
}

async function drain(
  browser: Browser,
  site: Site,
  contestant: Contestant,
  latencyMs: number,
): Promise<Drain> {
  const stage = await setStage(browser, site, contestant)
  const { page, collector } = stage
  collector.behaviour = { latencyMs }
  await stage.start()
  await page.context().setOffline(true)
  await makeBacklog(stage)
  collector.attempts = 0
  const online = performance.timeOrigin + performance.now()
  await page.context().setOffline(false)
  // Some look at what waits only as the visitor goes on.
  await stage.track([backlog], 0)
  while (Date.now() < Math.min(online + patience, (collector.arrivals.at(-1)?.at ?? online) + silence)) {
    if (arrivedOf(stage) === backlog) break
    await pause(50)
  }
  const arrived = arrivedOf(stage)
  const took = (collector.arrivals.at(-1)?.at ?? online) - online
  await stage.close()
  return {
    contestant: contestant.id,
    latencyMs,
    made: backlog,
    arrived,
    took,
    requests: collector.attempts,
  }
}

async function makeBacklog({ page }: Stage): Promise<void> {
  const made = page.evaluate(async (backlog) => {
    for (let serial = 0; serial < backlog; serial++) {
      window.bench.track(serial)
      // As fast as they come, but never so fast that the page does not get to anything else.
      if (serial % 10 === 0) await new Promise((resolve) => setTimeout(resolve))
    }
  }, backlog)
  await Promise.race([made, pause(patience)])
  await pause(2000)
}

const arrivedOf = ({ collector }: Stage): number =>
  new Set(collector.arrivals.map(({ serial }) => serial).filter((serial) => serial < backlog)).size
