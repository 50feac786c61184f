import type { PartName } from '../parts.ts'
import type { Results } from '../results.ts'
import { distributionOf } from '../statistics.ts'
import { type Budget, budgetsOf, isFailed, isKept } from './budgets.ts'
import { metrics } from './metrics.ts'
import { notBest } from './not-best.ts'
import { partOf } from './sections.ts'
import { table } from './tables.ts'

/** The parts in the order of the page, those that the comparison with others is made of. */
const compared: PartName[] = ['weight', 'speed', 'scale', 'drain', 'loss', 'late']

/** The page of a run. Every number in it is the run's. */
export function documentOf(results: Results): string {
  const { machine } = results
  const all = [
    ...metrics.weight,
    ...metrics.speed(1),
    ...metrics.wire,
    ...metrics.work,
    ...metrics.call.slice(1),
    ...metrics.memory,
    ...metrics.drain,
    ...metrics.loss,
  ]
  const head = `# Benchmarks

Written by \`npm run bench\`, which measures this again on your machine: the plugin, and what one would pick instead, in the same
browser, page, collector and run. Nothing here is typed by hand; the raw numbers are in [results.json](benchmarks/results.json).
\`npm run bench -- --only loss,late\` measures parts of it.

${machine.date}, commit ${machine.commit}. ${machine.processor}, ${machine.cores} cores, ${Math.round(machine.memoryBytes / 2 ** 30)} GB;
${machine.system}; ${machine.browser}, headless; Node.js ${machine.node}.

${table(
  ['package', 'version'],
  Object.entries(machine.packages).map(([name, version]) => [name, version]),
)}

**How to read it.** A number is a median; behind it, in brackets, the quartiles, and how many times ours it is. Less is better
everywhere. Times are milliseconds where nothing else is said; work is processor time of the page's main thread. Lines in *italics* are
yardsticks: the least that sends the same message and keeps nothing, Analytics.js without a destination, and the plugin driven
without Analytics.js. Every contestant is set up as its documentation advises for reliability, in
\`bench/field/contestants\`. Where one limits how many calls may wait, or be made in a second, that is raised
to the largest backlog; but not RudderStack's, whose page then stands still. Numbers of different runs or machines do not compare; ratios do.`

  const comparison = `## Where we are not the best, and why

${notBest(results, all)}`

  const parts = [
    head,
    ...compared.map((part) => partOf(results, part)),
    comparison,
    partOf(results, 'profile'),
    partOf(results, 'relay'),
    budgets(budgetsOf(results)),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const budgets = (all: Budget[]): string => `## Budgets

${table(
  ['', 'budget', 'measured', 'a run fails above', ''],
  all.map((budget) => [
    budget.what,
    String(budget.limit),
    measured(budget),
    String(budget.failsAbove),
    verdict(budget),
  ]),
)}

\`npm run bench\` fails where the lower quartile of a row is above the number: most of the rounds were, not one that a busy
machine disturbed. Sizes, requests and stored bytes are checked by \`npm test\`.`

function measured({ measured }: Budget): string {
  if (measured.length === 0) return '–'
  const { median, lower, upper } = distributionOf(measured)
  const shown = (value: number): string => String(Number(value.toFixed(2)))
  return lower === upper ? shown(median) : `${shown(median)} (${shown(lower)}–${shown(upper)})`
}

function verdict(budget: Budget): string {
  if (isFailed(budget)) return '**failed**'
  return isKept(budget) ? 'kept' : 'over'
}
