import type { Visitor } from './visitor.ts'

/** Something that happens to a visitor. When it is over, the endpoint answers again, and the browser is online. */
export interface Scenario {
  id: string
  name: string
  /** Whether the browser is killed at the end, and started again with what it has on disk. */
  kills?: boolean
  /** Whether an answer is lost, or nobody is left to read it: then a repeat is what saves the message. */
  losesAnswers?: boolean
  /** How long a contestant has until it counts as late, in milliseconds, where the scenario asks for more than most. */
  patienceMs?: number
  run(visitor: Visitor): Promise<void>
}

/** How long a page has for what it begins at once, such as writing down what it cannot send, in milliseconds. */
export const moment = 1000

export const unavailable = { status: 503 }
