/** What one request revealed about a message. */
export type Outcome =
  | { kind: 'delivered' }
  | Refused
  | Misconfigured
  /** No answer of the endpoint, or that of a server in trouble. */
  | Retryable

/** The endpoint refuses this message, and would refuse it again. */
export interface Refused extends Answer {
  kind: 'refused'
  status: number
}

/** The set-up is wrong, not the message: every message would meet the same. */
export interface Misconfigured extends Answer {
  kind: 'misconfigured'
  cause: 'status' | 'redirect' | 'csp' | 'web page'
}

export interface Retryable {
  kind: 'retryable'
  /**
   * - `status`: the endpoint answered, and asks by its status to try again;
   * - `timeout`: it did not answer in time;
   * - `network`: the request failed;
   * - `foreign`: another one answered in its place, such as a service worker;
   * - `aborted`: the page ended before the attempt was over;
   * - `bug`: the plugin itself failed.
   */
  cause: 'status' | 'timeout' | 'network' | 'foreign' | 'aborted' | 'bug'
  status?: number
  /** How long the server asks to be left alone, in milliseconds. */
  retryAfterMs?: number
  /** What was thrown. */
  error?: unknown
}

export const isFailure = ({ kind }: Outcome): boolean => kind === 'retryable' || kind === 'misconfigured'

/** Whether somebody answered the request; `undefined` where none was made, or nobody waited for its end. */
export function wasAnswered(outcome: Outcome): boolean | undefined {
  switch (outcome.kind) {
    case 'delivered':
    case 'refused':
      return true
    case 'misconfigured':
      return outcome.cause === 'csp' ? undefined : true
    case 'retryable':
      if (outcome.cause === 'aborted' || outcome.cause === 'bug') return undefined
      return outcome.cause === 'status' || outcome.cause === 'foreign'
  }
}

/** What an error answer contains. */
interface Answer {
  /** HTTP status. */
  status?: number
  /** The endpoint's own words. */
  serverMessage?: string
}

/**
 * The outcome of an answer of the endpoint.
 *
 * 501 is a type of call that the endpoint does not know (Segment's contract for partner endpoints): no retry helps.
 * 401, 403, 404, 405 and redirects mean that key, domain or endpoint are wrong.
 *
 * @param status HTTP status; 0 for a redirect
 */
export function outcomeOfStatus(
  status: number,
  {
    serverMessage,
    retryAfterMs,
  }: { serverMessage?: string | undefined; retryAfterMs?: number | undefined } = {},
): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  if ([408, 425, 429].includes(status) || (status >= 500 && status !== 501)) {
    return { kind: 'retryable', cause: 'status', status, ...(retryAfterMs && { retryAfterMs }) }
  }
  const answer = { status, ...(serverMessage && { serverMessage }) }
  if (status < 400) return { kind: 'misconfigured', cause: 'redirect', ...answer }
  if ([401, 403, 404, 405].includes(status)) return { kind: 'misconfigured', cause: 'status', ...answer }
  return { kind: 'refused', ...answer }
}
