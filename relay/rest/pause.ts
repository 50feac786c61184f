/** How long User.com is to be left alone: as it says, else longer each time. */
export function createPause(now: () => number = Date.now) {
  let until = 0
  let times = 0
  return {
    leftMs: (): number => Math.max(0, until - now()),
    /** After a 429, or a 503 with `Retry-After`. */
    begin(afterMs: number | undefined): void {
      until = Math.max(until, now() + (afterMs ?? Math.min(60_000, 1000 * 2 ** times)))
      times++
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
