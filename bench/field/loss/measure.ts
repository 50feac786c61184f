import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, BrowserContext } from '@playwright/test'
import { openBrowserProcess } from '../../../e2e/support/browser-process.ts'
import { type Contestant, contestants } from '../contestants.ts'
import { inPool } from '../pool.ts'
import type { Site } from '../site.ts'
import type { Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { type Visitor, welcome } from './visitor.ts'

/** What became of the calls of one contestant in one scenario. */
export interface Loss {
  contestant: string
  scenario: string
  made: number
  /** Those that had arrived before the visitor came again. */
  arrived: number
  /** Those that arrived only as the visitor came again, and made another call. */
  late: number
  lost: number
  /** Arrivals beyond the first of a call. */
  repeated: number
  /** What ended it before its end. */
  error?: string
}

/** How long a page has to deliver once the trouble is over, and how long the next visit has. Milliseconds. */
const patience = 9000
/** While more comes, nobody is cut off, on however slow a machine: so long nothing must have come. Milliseconds. */
const silence = 3000
/** Repeats come soon, or with the next visit. Milliseconds. */
const moment = 700
/** Visitors wait most of the time, and nothing is timed: so many can be there at once. */
const visitorsAtOnce = 24
/** Where a contestant's fate hangs on a race, it differs from time to time. */
export const times = 3
/** The serial number of the call at the next visit. */
const uncounted = 1_000_000

/** @returns a line for each time */
export async function measureLoss(
  browser: Browser,
  site: Site,
  among: Contestant[] = contestants.filter(({ isYardstick, id }) => !isYardstick || id === 'floor'),
  which: Scenario[] = scenarios,
  atOnce = visitorsAtOnce,
): Promise<Loss[]> {
  const all = Array.from({ length: times }, () => which).flat()
  const groups = all.flatMap((scenario): (() => Promise<Loss[]>)[] =>
    scenario.kills
      ? [() => killed(site, among, scenario)]
      : among.map((each) => async () => [await alive(browser, site, each, scenario)]),
  )
  return (await inPool(atOnce, groups, (measure) => measure())).flat()
}

/** One contestant, in a browser that others share, with storages of its own. */
async function alive(
  browser: Browser,
  site: Site,
  contestant: Contestant,
  scenario: Scenario,
): Promise<Loss> {
  const context = await browser.newContext()
  const visitor = await welcome(site, contestant, context)
  const error = await run(scenario, visitor)
  const loss = await lossOf(visitor, contestant, scenario, error)
  visitor.close()
  await context.close()
  return loss
}

/** All contestants in one browser, each on a site of its own: it dies for all at once. */
async function killed(site: Site, among: Contestant[], scenario: Scenario): Promise<Loss[]> {
  const process = await openBrowserProcess()
  const context = (await process.start()).context()
  const guests = await Promise.all(
    among.map(async (contestant) => {
      const visitor = await welcome(site, contestant, context)
      return { contestant, visitor, error: await run(scenario, visitor) }
    }),
  )
  await process.kill()
  const next = (await process.start()).context()
  const losses = await Promise.all(
    guests.map(({ contestant, visitor, error }) => lossOf(visitor, contestant, scenario, error, next)),
  )
  for (const { visitor } of guests) visitor.close()
  await process.remove()
  return losses
}

async function run(scenario: Scenario, visitor: Visitor): Promise<string | undefined> {
  try {
    await scenario.run(visitor)
    return undefined
  } catch (cause) {
    return String(cause)
  }
}

/** @param newContext of the browser that was started anew */
async function lossOf(
  visitor: Visitor,
  contestant: Contestant,
  scenario: Scenario,
  error: string | undefined,
  newContext?: BrowserContext,
): Promise<Loss> {
  const { collector, made } = visitor
  const arrivedOf = (): Set<number> =>
    new Set(collector.arrivals.map(({ serial }) => serial).filter((serial) => made.has(serial)))
  const allWithin = async (milliseconds: number): Promise<void> => {
    const end = Date.now() + milliseconds
    const lastAt = (): number => collector.arrivals.at(-1)?.at ?? 0
    while (arrivedOf().size < made.size && Date.now() < Math.max(end, lastAt() + silence)) await pause(50)
    await pause(moment)
  }
  const { behaviour } = collector
  if (!behaviour.times && behaviour.only === undefined) collector.behaviour = {}
  // Nothing is left that could deliver them.
  if (!newContext) await allWithin(scenario.patienceMs ?? patience)
  const arrived = arrivedOf().size
  try {
    const page = await visitor.comeAgain(newContext)
    await page.evaluate((serial) => window.bench.track(serial), uncounted)
  } catch {
    // The browser is gone for another reason than the scenario: what has not arrived counts as lost.
  }
  await allWithin(scenario.patienceMs ?? patience)
  const all = arrivedOf().size
  const arrivals = collector.arrivals.filter(({ serial }) => made.has(serial)).length
  return {
    contestant: contestant.id,
    scenario: scenario.id,
    made: made.size,
    arrived,
    late: all - arrived,
    lost: made.size - all,
    repeated: arrivals - all,
    ...(error && { error }),
  }
}
