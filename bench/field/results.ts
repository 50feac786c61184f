import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Drain } from './drain.ts'
import type { Loss } from './loss/measure.ts'
import type { Machine } from './machine.ts'
import type { Profile } from './profile.ts'
import type { Scale } from './scale.ts'
import type { Speed } from './speed.ts'
import type { Weight } from './weight.ts'

/** The raw numbers of a run: all that the report is made of. */
export interface Results {
  machine: Machine
  /** Rounds of the measurements of speed, by how many times slower the processor was made. */
  rounds: Record<string, number>
  weight: Weight[]
  speed: Speed[]
  scale: Scale[]
  drain: Drain[]
  loss: Loss[]
  /** What a call costs, and what it cost at an earlier commit where the history reaches back to it. */
  profile: { now: Profile; before?: Profile & { commit: string } }
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

export const readResults = (): Results => JSON.parse(readFileSync(file, 'utf8'))
