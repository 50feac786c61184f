/** What the tabs of a site say to each other about one queue. `by` is the page session that says it. */
export type TabMessage =
  /** A page session has begun: tabs tell it what waits in them, and a worker that sends what closed pages left makes way. */
  | { type: 'begun'; by: string }
  /** A worker makes way, and leaves these leases as soon as its request is over. */
  | { type: 'yielding'; by: string; leases: string[] }
  /** The session runs, and messages of these leases wait. */
  | { type: 'waiting'; by: string; leases: string[] }
  /** Nothing of the session waits any more. */
  | { type: 'idle'; by: string }
  /** The answer to `waiting`: this tab runs too, and would take over. */
  | { type: 'running'; by: string; to: string; document: number }
  /**
   * The session has ended, and others may claim these leases: at once, or after its successor, which is the next page of the same
   * tab, or the worker.
   */
  | { type: 'left'; by: string; leases: string[]; hasSuccessor: boolean }
  /** The server asked a worker to leave it alone for so many milliseconds: pages remember that for the site. */
  | { type: 'retry after'; by: string; ms: number }
  /** These messages were dropped, because too many waited. */
  | { type: 'evicted'; by: string; keys: string[] }
  /** The site has called `clear()`. */
  | { type: 'cleared'; by: string }
