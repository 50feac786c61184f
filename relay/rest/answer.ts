import type { Verdict } from '../delivery/result.ts'

/** What User.com's REST API said to one call. */
export type RestAnswer = { kind: 'ok'; body: unknown } | { kind: 'missing'; path: string } | Failure

/**
 * Why a message is not written:
 * - `refused`: this request is wrong, and stays so
 * - `waits`: nothing was wrong with it, and it may go later
 * - `misconfigured`: the relay's own set-up is wrong, its token or its address
 */
export interface Failure extends Omit<Verdict, 'outcome'> {
  kind: 'refused' | 'waits' | 'misconfigured'
  /** User.com's status, where it is what refused the call. */
  said?: number | undefined
  /** The fields that a refusal names. */
  fields: string[]
}

/** Somebody must mend it: a page need not come again soon. */
export const setupAfterMs = 300_000

export const refused = (said: number, words: string, fields: string[]): Failure => ({
  kind: 'refused',
  status: 400,
  message: `User.com refused the message: ${words}`,
  reason: `User.com answered ${said}${fields.length > 0 ? ` for ${fields.join(', ')}` : ''}`,
  said,
  fields,
})

export const waits = (message: string, afterMs?: number, status: 429 | 503 = 503): Failure => ({
  kind: 'waits',
  status,
  message,
  afterMs,
  fields: [],
})

/** Not the visitor's fault: 401 and 403 would say on his console that the page's own key is wrong. */
export const misconfigured = (said: number, reason: string): Failure => ({
  kind: 'misconfigured',
  status: 503,
  message: "The relay's own set-up is wrong; its log says how.",
  reason,
  afterMs: setupAfterMs,
  said,
  fields: [],
})

/** A 404 where nothing can be missing: the address is not that of User.com's REST API. */
export const present = (answer: RestAnswer): Exclude<RestAnswer, { kind: 'missing' }> =>
  answer.kind === 'missing'
    ? misconfigured(404, `User.com has no ${answer.path} (404): is "app" or "url" right?`)
    : answer

/** A field of an answer that must be a number: ids. */
export function idOf(body: unknown): number | undefined {
  const id = (body as { id?: unknown } | null | undefined)?.id
  return typeof id === 'number' ? id : undefined
}

/** The id that an answer must have; without it, User.com said yes, and yet not what it was asked for. */
export function withId(
  answer: RestAnswer,
  what: string,
): { kind: 'ok'; id: number; body: unknown } | Failure {
  const there = present(answer)
  if (there.kind !== 'ok') return there
  const id = idOf(there.body)
  return id === undefined
    ? waits(`User.com answered without the id of ${what}.`)
    : { kind: 'ok', id, body: there.body }
}
