import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { openBrowserProcess } from '../../../e2e/support/browser-process.ts'
import { type Contestant, contestants } from '../contestants.ts'
import { inPool } from '../pool.ts'
import type { Site } from '../site.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { type Profile, type Visitor, welcome } from './visitor.ts'

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
const patienceOfNextVisit = 9000
/** Repeats come soon, or with the next visit. Milliseconds. */
const moment = 700
/** Visitors wait most of the time: so many can be there at once. */
const atOnce = 14
/** The serial number of the call at the next visit. */
const uncounted = 1_000_000

export async function measureLoss(
  browser: Browser,
  site: Site,
  among: Contestant[] = contestants.filter(({ isYardstick, id }) => !isYardstick || id === 'floor'),
  which: Scenario[] = scenarios,
): Promise<Loss[]> {
  const cells = which.flatMap((scenario) => among.map((contestant) => ({ scenario, contestant })))
  return inPool(atOnce, cells, async ({ scenario, contestant }) => {
    const { profile, close } = await (scenario.kills ? ownBrowser() : ownContext(browser))
    const visitor = await welcome(site, contestant, profile)
    let error: string | undefined
    try {
      await scenario.run(visitor)
    } catch (cause) {
      error = String(cause)
    }
    const counts = await count(visitor)
    await visitor.close()
    await close()
    return { contestant: contestant.id, scenario: scenario.id, ...counts, ...(error && { error }) }
  })
}

async function count(visitor: Visitor) {
  const { collector, made } = visitor
  const arrivedOf = (): Set<number> =>
    new Set(collector.arrivals.map(({ serial }) => serial).filter((serial) => made.has(serial)))
  const allWithin = async (milliseconds: number): Promise<void> => {
    const end = Date.now() + milliseconds
    while (arrivedOf().size < made.size && Date.now() < end) await pause(50)
    await pause(moment)
  }
  if (!collector.behaviour.times) collector.behaviour = {}
  await allWithin(patience)
  const arrived = arrivedOf().size
  await visitNext(visitor)
  await allWithin(patienceOfNextVisit)
  const all = arrivedOf().size
  const arrivals = collector.arrivals.filter(({ serial }) => made.has(serial)).length
  return { made: made.size, arrived, late: all - arrived, lost: made.size - all, repeated: arrivals - all }
}

/** Whoever comes again has left before, and does something. */
async function visitNext(visitor: Visitor): Promise<void> {
  try {
    for (const page of visitor.context().pages()) await page.goto('about:blank')
    const page = await visitor.enter()
    await page.evaluate((serial) => window.bench.track(serial), uncounted)
  } catch {
    // The browser is gone for another reason than the scenario: what has not arrived counts as lost.
  }
}

interface Owned {
  profile: Profile
  close(): Promise<void>
}

async function ownContext(browser: Browser): Promise<Owned> {
  const context = await browser.newContext()
  return { profile: { context }, close: () => context.close() }
}

async function ownBrowser(): Promise<Owned> {
  const process = await openBrowserProcess()
  const context = (await process.start()).context()
  return {
    profile: {
      context,
      async restart() {
        await process.kill()
        return (await process.start()).context()
      },
    },
    close: () => process.remove(),
  }
}
