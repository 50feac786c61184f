/**
 * What becomes of the messages that wait as the page ends:
 *
 * - `leave`: another page of the site sends them, with an answer;
 * - `hand over`: a worker that outlives the page sends them, with an answer;
 * - `send`: the page itself sends what the browser has room for, and nobody reads the answers.
 */
export type ExitPlan = 'leave' | 'hand over' | 'send'

export interface ExitFacts {
  /** Whether the browser said that the next document is of the same site. */
  isNextPageOfSite: boolean
  /** Whether another tab has just proved that it runs. */
  hasRunningPeer: boolean
  hasWorker: boolean
}

export function planExit({ isNextPageOfSite, hasRunningPeer, hasWorker }: ExitFacts): ExitPlan {
  if (isNextPageOfSite || hasRunningPeer) return 'leave'
  return hasWorker ? 'hand over' : 'send'
}
