/** What User.com's REST API said to one call. */
export type RestAnswer = { kind: 'ok'; body: unknown } | { kind: 'missing' } | Failure

/** Why a message is not written. */
export type Failure = Refused | Later | Misconfigured

/** This request is wrong, and stays so. `fields` are the fields that the answer names. */
export interface Refused {
  kind: 'refused'
  status: number
  message: string
  fields: string[]
}
/** It may go later: nothing was wrong with it. */
export interface Later {
  kind: 'later'
  status: 429 | 503
  message: string
  /** How long User.com asked to wait. */
  afterMs?: number | undefined
}
/** The relay's own set-up is wrong: its token, or its address. */
export interface Misconfigured {
  kind: 'misconfigured'
  status: number
  message: string
}

/** A field of an answer that must be a number: ids. */
export function idOf(body: unknown): number | undefined {
  const id = (body as { id?: unknown } | null | undefined)?.id
  return typeof id === 'number' ? id : undefined
}

/** User.com said yes, and yet not what it was asked for. */
export const withoutId = (what: string): Later => ({
  kind: 'later',
  status: 503,
  message: `User.com answered without the id of ${what}.`,
})

/** A 404 where nothing can be missing: the address is not that of User.com's REST API. */
export const present = (answer: RestAnswer, what: string): Exclude<RestAnswer, { kind: 'missing' }> =>
  answer.kind === 'missing'
    ? {
        kind: 'misconfigured',
        status: 404,
        message: `User.com has no ${what} (404): is "app" or "url" right?`,
      }
    : answer
