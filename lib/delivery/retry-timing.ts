const second = 1000
const hour = 3_600_000

/** The longest wait that a server is obeyed for, in milliseconds. */
const longestRetryAfterMs = 24 * hour

/** The three forms of an HTTP date begin with the name of a day (https://www.rfc-editor.org/rfc/rfc9110#http.date). */
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /

/**
 * How long a `Retry-After` header asks to wait, in milliseconds, at most 24 hours; `undefined` where it is absent,
 * nonsense or in the past. It contains seconds or an HTTP date
 * (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after).
 *
 * @param now the server's time, in milliseconds since 1970: the visitor's clock may be wrong
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? ''
  const wait = /^\d+$/.test(text)
    ? Number(text) * second
    : httpDate.test(text)
      ? Date.parse(text) - now
      : Number.NaN
  return wait > 0 ? Math.min(wait, longestRetryAfterMs) : undefined
}

/**
 * How much is left of a wait, in milliseconds; 0 where it is over, or where the clock was set since, so that nobody
 * can tell.
 */
export const remainingMs = ({ from, until }: { from: number; until: number }, now: number): number =>
  from <= now && now < until && until - from <= longestRetryAfterMs ? until - now : 0

/** The first pause after a failure, and the longest, in milliseconds. An hour's outage stays under 100 requests. */
const firstBackoffMs = 5 * second
const longestBackoffMs = 80 * second

/**
 * How long to wait after the given number of failures in a row, in milliseconds: 5 seconds, doubling up to 80, of
 * which a random part up to half is taken off, so that many pages do not return at once.
 *
 * @param random from 0 to 1
 */
export const backoffMs = (failures: number, random: number): number =>
  Math.min(firstBackoffMs * 2 ** (failures - 1), longestBackoffMs) * (1 - random / 2)
