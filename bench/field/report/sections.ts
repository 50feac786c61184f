import { backlog } from '../drain.ts'
import { times } from '../loss/measure.ts'
import type { PartName } from '../parts.ts'
import type { Results } from '../results.ts'
import { calls, pace } from '../speed.ts'
import { lateSection } from './lateness.ts'
import { losses } from './losses.ts'
import { metrics } from './metrics.ts'
import { profileSection } from './profiles.ts'
import { relaySection } from './relays.ts'
import { compare } from './tables.ts'

const weight = (results: Results): string => `## Weight

The smallest app that sets up and tracks, bundled and minified by esbuild: the files without which it does not start, as a site pays
for them. *More than Analytics.js alone* is what a site pays that has Analytics.js already: all of what does not stand on it. Executed
is what of them has run before the first call. Requests at start are those beyond these files.

![Weight](benchmarks/weight.svg)

${compare(results, metrics.weight)}`

function speed(results: Results): string {
  const { rounds } = results
  const [slow = 4] = Object.keys(rounds)
    .map(Number)
    .filter((throttle) => throttle > 1)
  return `## Speed

${rounds['1']} rounds in rotated order, each a fresh page that makes ${calls} calls of an order with two products, one every ${pace} ms. *Start* is
work to load the code, set it up and come to rest. A call is measured until it returns. *Work of the first call* is all that the page
does until it has come to rest again; *work per call after it* is counted until all are delivered. *Call to collector* is the time
until the first byte of its request is there. Long tasks are those over 50 ms in a round.

![Work per call](benchmarks/work.svg)

${compare(results, metrics.speed(1))}

With the processor ${slow} times slower, as on a cheap phone (${rounds[slow]} rounds):

${compare(results, metrics.speed(slow))}

## Wire

Preflights included; head and body of the requests.

${compare(results, metrics.wire)}`
}

const scale = (results: Results): string => `## Scale

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
with their number, memory as well; \`queue.maxMessages\` bounds all three.`

const drain = (results: Results): string => `## Draining

${backlog.toLocaleString('en')} calls made offline; then the browser is online again, and one more call is made.

![Draining](benchmarks/drain.svg)

${compare(results, metrics.drain)}

Ours: one request at a time, strictly in order, until a queue is long; then page and track calls of one user go side by side, and
identify and group calls, another user's first, and what follows a failure alone ([A long queue](delivery.md#a-long-queue)).`

const loss = (results: Results): string => `## Loss

A first call, as most sites make for the page view, then five calls each; in a tab of two, and on each page of the journey, too. *Late* is
what arrived only as the visitor came again and made another call, *again* what arrived more than once. A crash, a killed browser and a
full storage are what they are called: \`chrome://crash\`, SIGKILL, and no room for one more character or byte. Each is done ${times} times,
and the worst is told: where a contestant's fate hangs on a race, it differs from time to time.

![Lost and late](benchmarks/loss.svg)

${losses(results)}

What the designs promise: RudderStack, Mixpanel, Amplitude and Snowplow keep what waits in localStorage, which the browser writes to disk
seconds later: a killed browser takes it along. Segment.io keeps it in memory, and in localStorage as the page is left. Segment.io's
batches and PostHog's are kept in memory, and sent as the page is left; PostHog takes 429 for an answer, and
Mixpanel a cut connection where the browser says that it is online. Snowplow looks at what waits with the next call.
The floor keeps nothing. Ours: [delivery](delivery.md). It repeats what nobody read the answer of: the request that is in flight as a tab
closes or crashes, and all of them where the tab closes before there was time to start the worker.`

const sections: { [Name in PartName]: (results: Results) => string } = {
  weight,
  speed,
  profile: ({ profile }) => (profile ? profileSection(profile) : ''),
  scale,
  drain,
  loss,
  late: ({ late }) => lateSection(late),
  relay: ({ relay }) => relaySection(relay),
}

/** What the page says of a part; nothing where it was not measured. */
export function partOf(results: Results, part: PartName): string {
  const measured = results[part]
  const isMeasured = Array.isArray(measured) ? measured.length > 0 : measured !== undefined
  return isMeasured ? sections[part](results) : ''
}
