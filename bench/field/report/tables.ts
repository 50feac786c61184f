import { type Contestant, contestants } from '../contestants.ts'
import type { Parts } from '../results.ts'
import { distributionOf } from '../statistics.ts'
import type { Metric } from './metrics.ts'

/** A Markdown table. Columns of numbers stand to the right. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`
  const isNumeric = (column: number): boolean => rows.every((cells) => /^(\d|–|$)/.test(cells[column] ?? ''))
  return [
    line(head),
    line(head.map((_, column) => (isNumeric(column) ? '--:' : '---'))),
    ...rows.map(line),
  ].join('\n')
}

/** Contestants by metrics: median, quartiles where there is more than one sample, and how many times ours it is. */
export function compare(parts: Parts, metrics: Metric[], among: Contestant[] = contestants): string {
  const rows = among
    .filter(({ id }) => metrics.some(({ samplesOf }) => samplesOf(parts, id).length > 0))
    .map(({ id, name, isYardstick }) => [
      isYardstick ? `*${name}*` : name,
      ...metrics.map((metric) => cell(metric, parts, id)),
    ])
  return table(['', ...metrics.map(({ name }) => name)], rows)
}

function cell(metric: Metric, parts: Parts, contestant: string): string {
  const samples = metric.samplesOf(parts, contestant)
  if (samples.length === 0) return '–'
  const { median, lower, upper } = distributionOf(samples)
  const shown = (value: number): string =>
    value.toLocaleString('en', { minimumFractionDigits: metric.digits, maximumFractionDigits: metric.digits })
  const spread = shown(lower) === shown(upper) ? '' : ` (${shown(lower)}–${shown(upper)})`
  const own = metric.samplesOf(parts, 'userengage')
  const ratio =
    contestant === 'userengage' || own.length === 0 ? Number.NaN : median / distributionOf(own).median
  return `${shown(median)}${spread}${median > 0 && Number.isFinite(ratio) ? ` ${times(ratio)}` : ''}`
}

/** With two digits that say something. */
export const times = (ratio: number): string =>
  `${ratio < 10 ? Number(ratio.toPrecision(2)) : Math.round(ratio)}×`
