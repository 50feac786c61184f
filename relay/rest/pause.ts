/** How long User.com is to be left alone: as it says, else longer each time. */
export function createPause(now: () => number = Date.now) {
  let until = 0
  let times = 0
  const leftMs = (): number => Math.max(0, until - now())
  return {
    leftMs,
    /** After a 429, or a 503 with `Retry-After`. Calls that were under way together are told together: that is one pause. */
    begin(afterMs: number | undefined): void {
      if (afterMs !== undefined) until = Math.max(until, now() + afterMs)
      else if (leftMs() === 0) until = now() + Math.min(60_000, 1000 * 2 ** times++)
    },
    end(): void {
      times = 0
    },
  }
}

/** `Retry-After`: seconds or a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), at most a day. */
export function retryAfterMs(header: string | null, now: number = Date.now()): number | undefined {
  if (!header) return undefined
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return ms >= 0 && Number.isFinite(ms) ? Math.min(ms, 86_400_000) : undefined
}
