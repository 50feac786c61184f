const second = 1000
const hour = 3_600_000

/** No server is obeyed for longer, in milliseconds. */
const longestWait = 24 * hour

/**
 * How long a `Retry-After` header asks to wait, in milliseconds, at most 24 hours; `undefined` where it is absent,
 * nonsense or in the past. Seconds or an HTTP date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after).
 *
 * @param now milliseconds since 1970
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * second : Date.parse(header) - now
  return wait > 0 ? Math.min(wait, longestWait) : undefined
}

/**
 * How much is left of a wait that began at `from` and ends at `until`, in milliseconds; 0 where that is over, or where
 * the clock was set since, so that nothing can be told.
 */
export const waitLeft = (from: number, until: number, now: number): number =>
  from <= now && now < until && until - from <= longestWait ? until - now : 0

/**
 * How long to wait after the `attempt`th failure in a row, in milliseconds: half a second, doubling up to a minute,
 * of which a random half is taken off so that many pages do not return at once.
 *
 * @param random from 0 to 1
 */
export const backoff = (attempt: number, random: number): number =>
  Math.min(0.5 * second * 2 ** (attempt - 1), 60 * second) * (1 - random / 2)
