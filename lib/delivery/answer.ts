import type { Answer } from './ports.ts'

/** What an answer of the endpoint holds besides its status. */
export interface Said {
  serverMessage?: string | undefined
  retryAfterMs?: number | undefined
}

/**
 * What an HTTP status says about a message.
 *
 * 501 is a type of call that the endpoint does not know (Segment's contract for partner endpoints): no retry helps.
 * 401, 403, 404, 405 and redirects mean that key, domain or endpoint are wrong.
 */
export function answerOf(status: number, { serverMessage, retryAfterMs }: Said = {}): Answer {
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  if ([408, 425, 429].includes(status) || (status >= 500 && status !== 501)) {
    return { kind: 'unanswered', status, ...(retryAfterMs && { retryAfterMs }) }
  }
  return {
    kind: status < 400 || [401, 403, 404, 405].includes(status) ? 'misconfigured' : 'refused',
    status,
    ...(serverMessage && { serverMessage }),
  }
}
