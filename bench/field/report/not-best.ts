import { contestants } from '../contestants.ts'
import type { Parts } from '../results.ts'
import { distributionOf } from '../statistics.ts'
import type { Metric } from './metrics.ts'
import { reasons } from './reasons.ts'
import { table, times } from './tables.ts'

/**
 * The rows in which another contestant has less than we do, each with its reason.
 *
 * @throws Error where there is no reason for a row: become the best in it, or say why not in `reasons.ts`
 */
export function notBest(parts: Parts, metrics: Metric[]): string {
  const rows = metrics.flatMap((metric) => {
    const own = medianOf(metric, parts, 'userengage')
    const [least] = contestants
      .filter(({ id, isYardstick }) => id !== 'userengage' && !isYardstick)
      .map(({ id, name }) => ({ name, value: medianOf(metric, parts, id) }))
      .filter(({ value }) => value < own)
      .sort((a, b) => a.value - b.value)
    if (!least) return []
    const ratio = least.value > 0 ? times(own / least.value) : 'more'
    return [[metric.id, least.name, ratio, reasonFor(metric.id)]]
  })
  return table(['where', 'the least has', 'we have', 'why'], rows)
}

/** Where it was not measured, nobody is better. */
function medianOf(metric: Metric, parts: Parts, contestant: string): number {
  const samples = metric.samplesOf(parts, contestant)
  return samples.length > 0 ? distributionOf(samples).median : Number.POSITIVE_INFINITY
}

export function reasonFor(id: string): string {
  const key = Object.keys(reasons)
    .filter((name) => id.startsWith(name))
    .sort((a, b) => b.length - a.length)[0]
  if (!key)
    throw new Error(`bench/field/report/reasons.ts says nothing about "${id}", where we are not the best.`)
  return reasons[key] as string
}
