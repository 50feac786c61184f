import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RelayWay } from '../relay/measure.ts'
import type { Drain } from './drain.ts'
import type { Late } from './loss/late.ts'
import type { Loss } from './loss/measure.ts'
import type { Machine } from './machine.ts'
import type { Profiles } from './profile.ts'
import type { Scale } from './scale.ts'
import type { Speed } from './speed.ts'
import type { Weight } from './weight.ts'

/** The raw numbers by part; empty where a part was not measured. */
export interface Parts {
  weight: Weight[]
  speed: Speed[]
  /** What start and calls cost, and what they cost at an earlier commit where the history reaches back to it. */
  profile?: Profiles
  scale: Scale[]
  drain: Drain[]
  loss: Loss[]
  late: Late[]
  relay: RelayWay[]
}

/** The raw numbers of a run: all that the report is made of. */
export interface Results extends Parts {
  machine: Machine
  /** Rounds of the measurements of speed, by how many times slower the processor was made. */
  rounds: Record<string, number>
}

export const noParts: Parts = {
  weight: [],
  speed: [],
  scale: [],
  drain: [],
  loss: [],
  late: [],
  relay: [],
}

/** Where what is made of a run lies: the plots and the numbers, beside the page that shows them. */
export const folder = fileURLToPath(new URL('../../docs/benchmarks/', import.meta.url))
const file = `${folder}results.json`

export function writeResults(results: Results): void {
  mkdirSync(folder, { recursive: true })
  // Microseconds are enough, and half as long.
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
  writeFileSync(file, `${JSON.stringify(results, rounded)}\n`)
}

/** An earlier version measured fewer parts. */
export const readResults = (): Results => ({ ...noParts, ...JSON.parse(readFileSync(file, 'utf8')) })
