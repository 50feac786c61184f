import type { Profile, Profiles } from '../profile.ts'
import { distributionOf } from '../statistics.ts'
import { table } from './tables.ts'

const top = 5

/** What a call costs, and what it cost before where that was measured too. */
function profileOf({ before, now }: Profiles): string {
  const columns = before ? [column(before), column(now)] : [column(now)]
  const names = [
    'first call',
    'a call',
    'work per call',
    ...Array.from({ length: top }, (_, index) => `${index + 1}.`),
  ]
  return table(
    ['', ...(before ? [`before (${before.commit})`] : []), 'now'],
    names.map((name, index) => [name, ...columns.map((cells) => cells[index] ?? '')]),
  )
}

function column({ firstCall, call, work, costs }: Profile): string[] {
  const times = [firstCall, call, work].map((samples) => {
    const { median, lower, upper } = distributionOf(samples)
    return `${median.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`
  })
  const places = costs.slice(0, top).map(({ place, microseconds }) => `${place}: ${Math.round(microseconds)}`)
  return [...times, ...places]
}

export const profileSection = (profiles: Profiles): string => `## What a call of ours costs

The plugin without Analytics.js. Milliseconds, then the five most expensive places by the profiler's samples, in microseconds per call;
(program) is the browser's own code, in which the network and storage of a call are most. ${
  profiles.before ? 'Both versions took turns in this run.' : ''
}

${profileOf(profiles)}

**What it did cost.** *A call*: three transactions of the database, to put the message, to look whether too many wait, and to delete it, were the most
after the request itself. A message that goes at once waits for its answer now, and is put only if that fails or takes longer than a quarter of a second.
*Start*: most was to open the database, empty or not (1.5 of 5 ms beyond the code); to compile 223 functions, each as it first ran; to work out
Client Hints twice, and the spellings of all traits. Where a site has no database, none is made now; hints, spellings and ky's instance
are made out as they are first needed. Most of the 140 functions that a start still calls, and of 150 more of a first call, V8 compiles with the
file, off the main thread, because the build [marks them](decisions/0010-compiled-off-the-main-thread.md): start from 13.2 to 11.5 ms, first call from
12.2 to 10.7. Only a page that claims what another left listens to what other tabs write (0.3 to 0.5 ms, because the browser loads
sessionStorage for it). What is left, of 2.7 ms beyond Analytics.js alone: more code to load (1.2, half of it ky's), to register (0.6, as Segment.io
has to), and what a page must ask at once: whether there is a database (0.3 to 0.5), hints (0.1), and the tabs' channel (0.1 to 0.3). The same
code that only registers, and asks nothing, starts at 0.95 times Segment.io's.
*The first call* starts the worker for the page's end: 1.3 ms, in an idle moment after it.
*What was not done*: a delivery that is made only as a call or an earlier page's message needs it. It made the start 1.4 ms cheaper, but
the first call then took 2.6 ms longer, within the visitor's click or as the page loads: the work moves to a worse moment, and becomes no less.`
