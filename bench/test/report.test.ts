import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { contestants } from '../field/contestants.ts'
import { scenarios } from '../field/loss/scenarios.ts'
import { budgetsOf, isKept } from '../field/report/budgets.ts'
import { documentOf } from '../field/report/document.ts'
import type { Metric } from '../field/report/metrics.ts'
import { notBest, reasonFor } from '../field/report/not-best.ts'
import { compare } from '../field/report/tables.ts'
import { type Results, readResults } from '../field/results.ts'

const results = readResults()
const metric = (values: Record<string, number[]>): Metric => ({
  id: 'bytes per event',
  name: 'bytes',
  digits: 1,
  samplesOf: (_, contestant) => values[contestant] ?? [],
})

test('the page of the benchmarks is what its numbers make it', () => {
  const page = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8')
  assert.equal(page, documentOf(results))
})

test('the numbers are of every contestant and scenario', () => {
  const idsOf = (rows: { contestant: string }[]): string[] => [
    ...new Set(rows.map(({ contestant }) => contestant)),
  ]
  const all = contestants.map(({ id }) => id).sort()
  for (const rows of [results.weight, results.speed]) assert.deepEqual(idsOf(rows).sort(), all)
  assert.deepEqual(
    new Set(results.loss.map(({ scenario }) => scenario)),
    new Set(scenarios.map(({ id }) => id)),
  )
})

test('a cell has the median, the quartiles where they differ, and the ratio to ours', () => {
  const table = compare(results, [metric({ userengage: [1, 2, 3], segment: [4], floor: [0.5, 0.5] })])
  assert.match(table, /\| userengage-analytics-next \| 2\.0 \(1\.5–2\.5\) \|/)
  assert.match(table, /\| Segment\.io, standard \| 4\.0 2× \|/)
  assert.match(table, /\| \*JSON\.stringify \+ fetch\* \| 0\.5 0\.25× \|/)
})

test('where another has less it is named with a reason, yardsticks aside', () => {
  const table = notBest(results, [metric({ userengage: [2], segment: [1], posthog: [0.5], floor: [0.1] })])
  assert.match(table, /\| bytes per event \| PostHog \| 4× \|/)
  const best = notBest(results, [metric({ userengage: [1], segment: [1] })])
  assert.equal(best.split('\n').length, 2)
})

test('a row without a reason is an error that says where to give one', () => {
  assert.throws(() => reasonFor('elegance'), /reasons\.ts says nothing about "elegance"/)
})

test('a budget that is exceeded, or could not be measured, is not kept', () => {
  const row = { throttle: 1, work: [1] }
  const of = (plugin: number, waiting: number[]): boolean[] =>
    budgetsOf({
      speed: [
        { ...row, contestant: 'floor' },
        { ...row, contestant: 'plugin-alone', work: [plugin] },
      ],
      scale: waiting.map((work, index) => ({
        contestant: 'plugin-alone',
        waiting: index * 10_000,
        work,
      })),
    } as Results).map(isKept)
  assert.deepEqual(of(2, [1, 1]), [true, true])
  assert.deepEqual(of(2.1, [1, 1.3]), [false, false])
  assert.deepEqual(of(1, [1]), [true, false])
})
