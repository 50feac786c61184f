import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import type { Behaviour } from '../collector.ts'
import { type Contestant, contestants } from '../contestants.ts'
import { inPool } from '../pool.ts'
import type { Site } from '../site.ts'
import { welcome } from './visitor.ts'

/** When what waited as a tab was closed has arrived, if nobody comes again. */
export interface Late {
  contestant: string
  trouble: string
  made: number
  /** Seconds from when the endpoint could be reached again until each arrival, in their order; of each call the first. */
  seconds: number[]
}

/** What keeps the endpoint from taking anything as the tab is closed, by id. */
export const troubles: Record<string, { name: string; behaviour: Behaviour }> = {
  unavailable: { name: 'the endpoint answered 503', behaviour: { status: 503 } },
  unreachable: { name: 'no connection', behaviour: { cut: true } },
}

/** How long the tab is open, and how long the trouble lasts beyond it, in milliseconds. */
const stay = 1000
export const outlasts = 3000
/** Who has not delivered by then has nobody left to do it, in milliseconds. */
export const patience = 40_000
const rounds = 3
/** Nearly all of it is waiting. */
const atOnce = 48

export async function measureLate(
  browser: Browser,
  site: Site,
  among: Contestant[] = contestants.filter(({ isYardstick }) => !isYardstick),
): Promise<Late[]> {
  const cells = Array.from({ length: rounds }, () => Object.keys(troubles))
    .flat()
    .flatMap((trouble) => among.map((contestant) => ({ trouble, contestant })))
  return inPool(atOnce, cells, ({ contestant, trouble }) => measure(browser, site, contestant, trouble))
}

async function measure(browser: Browser, site: Site, contestant: Contestant, trouble: string): Promise<Late> {
  const context = await browser.newContext()
  const visitor = await welcome(site, contestant, context)
  const { collector, made } = visitor
  const page = await visitor.enter()
  const before = made.size
  collector.behaviour = troubles[trouble]?.behaviour ?? {}
  await visitor.call(page)
  await pause(stay)
  await page.close()
  await pause(outlasts)
  collector.behaviour = {}
  const from = performance.timeOrigin + performance.now()
  const firsts = new Map<number, number>()
  const waiting = [...made].filter((serial) => serial >= before)
  while (firsts.size < waiting.length && Date.now() < from + patience) {
    await pause(50)
    for (const { serial, at } of collector.arrivals) {
      if (serial >= before && !firsts.has(serial)) firsts.set(serial, at)
    }
  }
  visitor.close()
  await context.close()
  return {
    contestant: contestant.id,
    trouble,
    made: waiting.length,
    seconds: [...firsts.values()].map((at) => Math.max(at - from, 0) / 1000).sort((a, b) => a - b),
  }
}
