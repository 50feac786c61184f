import type { Browser } from '@playwright/test'
import { measureRelay } from '../relay/measure.ts'
import { before, withSourceOf } from './before.ts'
import { measureDrain } from './drain.ts'
import { measureLate } from './loss/late.ts'
import { measureLoss } from './loss/measure.ts'
import { current, profile } from './profile.ts'
import type { Parts } from './results.ts'
import { measureScale } from './scale.ts'
import type { Site } from './site.ts'
import { measureSpeed } from './speed.ts'
import { weigh } from './weight.ts'

/** Rounds by how many times slower the processor is made. */
export const rounds = { 1: 6, 4: 4 }

/** How each part is measured, in the order of the report. */
export const measures: {
  [Name in keyof Parts]-?: (browser: Browser, site: Site) => Promise<NonNullable<Parts[Name]>>
} = {
  weight: (browser, site) => weigh(browser, site),
  async speed(browser, site) {
    const full = await measureSpeed(browser, site, { throttle: 1, rounds: rounds[1] })
    return [...full, ...(await measureSpeed(browser, site, { throttle: 4, rounds: rounds[4] }))]
  },
  async profile(browser, site) {
    const both = await withSourceOf(before, (index) => profile(browser, site, [current, index]))
    const [now, earlier] = both ?? (await profile(browser, site, [current]))
    if (!now) throw new Error('The plugin was not profiled.')
    return { now, ...(earlier && { before: { commit: before, ...earlier } }) }
  },
  scale: (browser, site) => measureScale(browser, site),
  drain: (browser, site) => measureDrain(browser, site),
  loss: (browser, site) => measureLoss(browser, site),
  late: (browser, site) => measureLate(browser, site),
  relay: () => measureRelay(),
}

export type PartName = keyof Parts

/**
 * The parts that a command line asks for: `--only loss,late`; all where it does not.
 *
 * @throws Error where there is no such part
 */
export function partsOf(given: readonly string[]): PartName[] {
  const names = Object.keys(measures) as PartName[]
  const at = given.findIndex((word) => /^--only(=|$)/.test(word))
  if (at < 0) return names
  const [, value = given[at + 1] ?? ''] = given[at]?.split('=') ?? []
  const only = value.split(',')
  const unknown = only.find((name) => !names.some((known) => known === name))
  if (unknown !== undefined) {
    throw new Error(`--only takes one or more of ${names.join(', ')}, with commas; not "${unknown}".`)
  }
  return names.filter((name) => only.includes(name))
}
