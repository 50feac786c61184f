import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { contestants } from '../field/contestants.ts'
import { type Loss, times } from '../field/loss/measure.ts'
import { scenarios } from '../field/loss/scenarios.ts'
import { worstOf } from '../field/loss/worst.ts'
import { budgetsOf, isFailed, isKept } from '../field/report/budgets.ts'
import { documentOf } from '../field/report/document.ts'
import { lateness } from '../field/report/lateness.ts'
import { type Metric, metrics } from '../field/report/metrics.ts'
import { notBest, reasonFor } from '../field/report/not-best.ts'
import { compare } from '../field/report/tables.ts'
import { noParts, type Parts, readResults } from '../field/results.ts'

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
})

test('the losses are of every scenario, each as often as the page says', () => {
  const known = scenarios.map(({ id }) => id)
  // Numbers of an earlier version have fewer scenarios, until a run measures all.
  const isOfThisVersion = results.late.length > 0
  const told = [...new Set(results.loss.map(({ scenario }) => scenario))]
  assert.deepEqual(told.sort(), isOfThisVersion ? known.sort() : told.filter((id) => known.includes(id)))
  if (!isOfThisVersion) return
  for (const id of known) {
    const own = results.loss.filter(
      ({ scenario, contestant }) => scenario === id && contestant === 'userengage',
    )
    assert.equal(own.length, times, id)
  }
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

test('every row in which another may have less has a reason', () => {
  const all = Object.values(metrics).flatMap((some) => (typeof some === 'function' ? some(1) : some))
  for (const { id } of all) assert.ok(reasonFor(id), id)
})

test('a row without a reason is an error that says where to give one', () => {
  assert.throws(() => reasonFor('elegance'), /reasons\.ts says nothing about "elegance"/)
})

const row = { throttle: 1, work: [1], start: [1], longTasks: [0] }
const budgetsOfSpeed = (own: object, other: object = {}) =>
  budgetsOf({
    ...noParts,
    speed: [
      { ...row, contestant: 'plugin-alone', ...own },
      { ...row, contestant: 'floor', ...other },
    ],
  } as Parts)

test('a run fails by the rounds in which it was over the budget, not by one that wobbled', () => {
  const work = (...own: number[]) => {
    const [budget] = budgetsOfSpeed({ work: own }, { work: own.map(() => 1) })
    assert.ok(budget)
    return [isKept(budget), isFailed(budget)]
  }
  assert.deepEqual(work(1.5, 1.6, 1.5, 1.6), [true, false])
  assert.deepEqual(work(1.7, 1.7, 1.7, 5), [false, false])
  assert.deepEqual(work(1.5, 1.5, 2.5, 2.5), [false, false])
  assert.deepEqual(work(2.1, 2.5, 2.1, 2.5), [false, true])
})

test('rounds are compared one by one, as a busy moment slows down both', () => {
  const [budget] = budgetsOfSpeed({ work: [3, 30] }, { work: [2, 20] })
  assert.deepEqual(budget?.measured, [1.5, 1.5])
})

test('a budget of a part that was not measured is absent; one that could not be measured is failed', () => {
  assert.deepEqual(budgetsOf(noParts), [])
  const [work, start] = budgetsOfSpeed({})
  assert.ok(work && start)
  assert.deepEqual([isFailed(work), isFailed(start)], [false, true])
})

test('what one does at its start and another with its first call is compared as one', () => {
  const budgets = budgetsOf({
    ...noParts,
    speed: [
      { ...row, contestant: 'userengage', start: [10, 12], firstWork: [8, 12] },
      { ...row, contestant: 'segment', start: [8, 8], firstWork: [12, 16] },
    ],
  } as Parts)
  const budget = budgets.find(({ what }) => what.startsWith('start and first call'))
  assert.deepEqual(budget?.measured, [0.9, 1])
})

const lossOf = (scenario: string, numbers: Partial<Loss>): Loss => ({
  contestant: 'userengage',
  scenario,
  made: 6,
  arrived: 6,
  late: 0,
  lost: 0,
  repeated: 0,
  ...numbers,
})
const lossBudgets = (...loss: Loss[]) => budgetsOf({ ...noParts, loss }).map(({ measured }) => measured)

test('one call lost in one of the times is over the budget, and so is a repeat where no answer was lost', () => {
  const times = [lossOf('reload', {}), lossOf('reload', { lost: 1 }), lossOf('reload', { repeated: 2 })]
  assert.deepEqual(lossBudgets(...times), [[1], [2]])
  assert.deepEqual(lossBudgets(lossOf('lost-answer', { repeated: 2 })), [[0], [0]])
  assert.deepEqual(lossBudgets(lossOf('reload', { error: 'no browser' })), [[], []])
})

test('the worst of the times is told, of each number', () => {
  const times = [lossOf('close', { late: 2, arrived: 4 }), lossOf('close', { lost: 1, arrived: 5 })]
  assert.deepEqual(worstOf(times), [lossOf('close', { late: 2, lost: 1, arrived: 4 })])
})

test('what nobody delivers without another visit is not told in seconds', () => {
  const late = (contestant: string, seconds: number[]) => ({
    contestant,
    trouble: 'unavailable',
    made: 2,
    seconds,
  })
  const told = lateness([
    late('userengage', [0.5, 1.25]),
    late('userengage', [0.5, 2.25]),
    late('segment', []),
    late('snowplow', [1]),
    late('snowplow', [1, 2]),
  ])
  assert.match(told, /userengage-analytics-next \| 2\.3 s \|/)
  assert.match(told, /Segment\.io, standard \| not without another visit \|/)
  assert.match(told, /Snowplow \| 1 of 2, then nothing \|/)
})
