import { backlog } from '../drain.ts'
import type { Results } from '../results.ts'
import { calls, pace } from '../speed.ts'
import { budgetsOf, isKept } from './budgets.ts'
import { losses } from './losses.ts'
import { metrics } from './metrics.ts'
import { notBest } from './not-best.ts'
import { profileOf } from './profiles.ts'
import { compare, table } from './tables.ts'

/** The page of a run. Every number in it is the run's. */
export function documentOf(results: Results): string {
  const { machine, rounds } = results
  const [slow = 4] = Object.keys(rounds)
    .map(Number)
    .filter((throttle) => throttle > 1)
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
  return `# Benchmarks

Written by \`npm run bench\`, which measures this again on your machine: the plugin, and what one would pick instead, in the same
browser, page, collector and run. Nothing here is typed by hand; the raw numbers are in [results.json](benchmarks/results.json).

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
to the largest backlog; but not RudderStack's, whose page then stands still. Numbers of different runs or machines do not compare; ratios do.

## Weight

The smallest app that sets up and tracks, bundled and minified by esbuild: the files without which it does not start. Executed is
what of them has run before the first call. Requests at start are those beyond these files.

![Weight](benchmarks/weight.svg)

${compare(results, metrics.weight)}

## Speed

${rounds['1']} rounds in rotated order, each a fresh page that makes ${calls} calls of an order with two products, one every ${pace} ms. *Start* is
work to load the code, set it up and come to rest. A call is measured until it returns; *work per call* until all is delivered and the
page at rest. *Call to collector* is the time until the first byte of its request is there. Long tasks are those over 50 ms in a round.

![Work per call](benchmarks/work.svg)

${compare(results, metrics.speed(1))}

With the processor ${slow} times slower, as on a cheap phone (${rounds[slow]} rounds):

${compare(results, metrics.speed(slow))}

## Wire

Preflights included; head and body of the requests.

${compare(results, metrics.wire)}

## Scale

The endpoint answers 503 to everything, and so many calls wait already. What a call costs then, in work of the main thread, what the
page does for those that wait included:

![Work per call by how many wait](benchmarks/scale.svg)

${compare(results, metrics.work)}

Until the call returns:

${compare(results, metrics.call)}

Bytes of memory that the page holds for each that waits:

${compare(results, metrics.memory)}

– where the page did not get there in time, or ended before. **How ours grows:** a call costs the same however many wait. It writes one
entry to the journal and one to the database, both found by key, and of those that wait one is sent at a time. Filling and draining grow
with their number, memory as well; ${'`queue.maxMessages`'} bounds all three.

## Draining

${backlog.toLocaleString('en')} calls made offline; then the browser is online again, and one more call is made.

![Draining](benchmarks/drain.svg)

${compare(results, metrics.drain)}

Ours: one request at a time, strictly in order, until a queue is long; then page and track calls of one user go side by side, and
identify and group calls, another user's first, and what follows a failure alone ([A long queue](delivery.md#a-long-queue)).

## Loss

Five calls each (ten in two tabs, one in \`pagehide\`). *Late* is what arrived only as the visitor came again and made another call, *again*
what arrived more than once. A crash, a killed browser and a full storage are what they are called: \`chrome://crash\`, SIGKILL, and no
room for one more character or byte. Each is done once: where a contestant's fate hangs on a race, it differs from run to run.

![Lost and late](benchmarks/loss.svg)

${losses(results)}

What the designs promise: RudderStack, Mixpanel, Amplitude and Snowplow keep what waits in localStorage, which the browser writes to disk
seconds later: a killed browser takes it along. Segment.io keeps it in memory, and in localStorage as the page is left. Segment.io's
batches and PostHog's are kept in memory, and sent as the page is left; PostHog takes 429 for an answer, and
Mixpanel a cut connection where the browser says that it is online. Snowplow looks at what waits with the next call.
The floor keeps nothing. Ours: [delivery](delivery.md).

## Where we are not the best, and why

${notBest(results, all)}

## What a call of ours costs

The plugin without Analytics.js. Milliseconds, then the five most expensive places by the profiler's samples, in microseconds per call;
(program) is the browser's own code, in which the network and storage of a call are most. ${
    results.profile.before ? 'Both versions took turns in this run.' : ''
  }

${profileOf(results.profile)}

## Budgets

${table(
  ['', 'at most', 'measured', ''],
  budgetsOf(results).map((budget) => [
    budget.what,
    String(budget.limit),
    budget.measured.toFixed(2),
    isKept(budget) ? 'kept' : '**over**',
  ]),
)}

\`npm run bench\` fails where one is over. Sizes, requests and stored bytes are checked by \`npm test\`.
`
}
