import { contestants } from '../contestants.ts'
import { worstOf } from '../loss/worst.ts'
import type { Parts } from '../results.ts'
import type { Scale } from '../scale.ts'
import type { Sampled } from '../speed.ts'

/** Something to compare contestants by. Less is better, always. */
export interface Metric {
  /** What it is called where it stands alone, and has its reason by. */
  id: string
  /** As the head of a column. */
  name: string
  /** How many digits stand behind the point. */
  digits: number
  /** All that was measured; empty where the contestant was not, or could not be. */
  samplesOf(parts: Parts, contestant: string): number[]
}

/** Contestants that have Analytics.js in their own app. */
const standOnAnalytics = contestants
  .filter(({ packages }) => packages.includes('@segment/analytics-next'))
  .map(({ id }) => id)

const kilobytes = (bytes: number): number => bytes / 1024

function weight(id: 'minified' | 'gzip' | 'brotli' | 'executed', name: string): Metric {
  return {
    id,
    name: `${name}, KB`,
    digits: 1,
    samplesOf: ({ weight }, contestant) =>
      weight.filter((row) => row.contestant === contestant).map((row) => kilobytes(row[id])),
  }
}

function speed(field: Sampled, name: string, throttle: number, digits = 2): Metric {
  return {
    id: throttle > 1 ? `${name}, ${throttle} times slower` : name,
    name,
    digits,
    samplesOf: ({ speed }, contestant) =>
      speed.find((row) => row.contestant === contestant && row.throttle === throttle)?.[field] ?? [],
  }
}

function scale(id: string, name: string, waiting: number, of: (row: Scale) => number[], digits = 2): Metric {
  return {
    id: `${id} with ${name} waiting`,
    name,
    digits,
    samplesOf: ({ scale }, contestant) =>
      scale.filter((row) => row.contestant === contestant && row.waiting === waiting).flatMap(of),
  }
}

function loss(id: 'lost' | 'late' | 'repeated'): Metric {
  return {
    id,
    name: id,
    digits: 0,
    samplesOf: ({ loss }, contestant) => {
      const cells = worstOf(loss).filter((cell) => cell.contestant === contestant)
      return cells.length > 0 ? [cells.reduce((total, cell) => total + cell[id], 0)] : []
    },
  }
}

function drain(id: 'took' | 'requests' | 'missing', name: string, latencyMs: number): Metric {
  return {
    id: `drain at ${latencyMs} ms, ${id}`,
    name,
    digits: id === 'took' ? 1 : 0,
    samplesOf: ({ drain }, contestant) =>
      drain
        .filter((row) => row.contestant === contestant && row.latencyMs === latencyMs)
        .map((row) => ({ ...row, took: row.took / 1000, missing: row.made - row.arrived })[id]),
  }
}

export const metrics = {
  weight: [
    weight('minified', 'minified'),
    weight('gzip', 'gzip'),
    weight('brotli', 'brotli'),
    weight('executed', 'executed at start'),
    {
      id: 'more than Analytics.js alone',
      name: 'more than Analytics.js alone, gzip, KB',
      digits: 1,
      samplesOf: ({ weight }, contestant) => {
        const gzipOf = (id: string): number[] =>
          weight.filter((row) => row.contestant === id).map(({ gzip }) => kilobytes(gzip))
        const [alone = 0] = standOnAnalytics.includes(contestant) ? gzipOf('analytics-alone') : []
        return gzipOf(contestant).map((own) => own - alone)
      },
    },
    {
      id: 'loaded later',
      name: 'loaded later, gzip, KB',
      digits: 1,
      samplesOf: ({ weight }, contestant) =>
        weight
          .filter((row) => row.contestant === contestant)
          .map(({ gzip, gzipOfAll }) => kilobytes(gzipOfAll - gzip)),
    },
    {
      id: 'requests at start',
      name: 'requests at start',
      digits: 0,
      samplesOf: ({ weight }, contestant) =>
        weight.filter((row) => row.contestant === contestant).map(({ requests }) => requests),
    },
  ],
  speed: (throttle: number) => [
    speed('start', 'start', throttle, 1),
    speed('firstCall', 'first call', throttle),
    speed('call', 'a call', throttle),
    speed('firstWork', 'work of the first call', throttle, 1),
    speed('work', 'work per call after it', throttle),
    speed('arrival', 'call to collector', throttle, 0),
    speed('longTasks', 'long tasks', throttle, 0),
  ],
  wire: [speed('requests', 'requests per event', 1), speed('bytes', 'bytes per event', 1, 0)],
  work: [0, 100, 1000, 10_000].map((waiting) =>
    scale('work per call', waiting.toLocaleString('en'), waiting, ({ work }) => [work]),
  ),
  call: [0, 100, 1000, 10_000].map((waiting) =>
    scale('a call', waiting.toLocaleString('en'), waiting, ({ call }) => call),
  ),
  memory: [1000, 10_000].map((waiting) =>
    scale(
      'memory',
      waiting.toLocaleString('en'),
      waiting,
      ({ heapPerMessage }) => (heapPerMessage === undefined ? [] : [heapPerMessage]),
      0,
    ),
  ),
  drain: [50, 200].flatMap((latencyMs) => [
    drain('took', `seconds at ${latencyMs} ms`, latencyMs),
    drain('requests', 'requests', latencyMs),
    drain('missing', 'not arrived', latencyMs),
  ]),
  loss: [loss('lost'), loss('late'), loss('repeated')],
} satisfies Record<string, Metric[] | ((throttle: number) => Metric[])>
