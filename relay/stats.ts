import { type Outcome, outcomes } from './delivery/result.ts'

/** What a relay has done since it was made. */
export interface Stats extends Record<Outcome, number> {
  /** REST calls that were made. */
  calls: number
  /** Messages that are being worked on. */
  inFlight: number
  /** How long User.com asked for a pause, from now on, in milliseconds. */
  pausedMs: number
}

/** How many messages had which outcome, and how many calls they took. */
export const noCounts = (): Record<Outcome | 'calls', number> =>
  Object.fromEntries([...outcomes, 'calls'].map((name) => [name, 0])) as Record<Outcome | 'calls', number>
