import type { Results } from '../results.ts'
import { distributionOf } from '../statistics.ts'

/** What the plugin may cost in time. Sizes, requests and stored bytes are checked by `npm test`. */
export interface Budget {
  what: string
  limit: number
  measured: number
}

/**
 * The plugin's own work is compared with the least that sends the same message, and with itself as many wait: both
 * within one run, as another machine has other milliseconds. What wobbles from run to run is no growth.
 */
export function budgetsOf({ speed, scale }: Results): Budget[] {
  const work = (contestant: string): number =>
    distributionOf(
      speed.filter((row) => row.contestant === contestant && row.throttle === 1).flatMap(({ work }) => work),
    ).median
  const waiting = (count: number): number =>
    scale.find((row) => row.contestant === 'plugin-alone' && row.waiting === count)?.work ?? Number.NaN
  return [
    {
      what: "the plugin's work per call, in times of JSON.stringify + fetch",
      limit: 2,
      measured: work('plugin-alone') / work('floor'),
    },
    {
      what: 'the same with 10,000 waiting, in times of none waiting',
      limit: 1.2,
      measured: waiting(10_000) / waiting(0),
    },
  ]
}

/** A number that could not be measured is over the budget, too. */
export const isKept = ({ measured, limit }: Budget): boolean => measured <= limit
