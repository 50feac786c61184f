import type { Stats } from '../delivery/drop.ts'

/** A time span, rounded. */
export function spanInWords(ms: number): string {
  const seconds = Math.max(ms, 100) / 1000
  if (seconds < 9.5) return `${seconds.toFixed(1)} s`
  if (seconds < 100) return `${Math.round(seconds)} s`
  const minutes = seconds / 60
  return minutes < 100 ? `${Math.round(minutes)} minutes` : `${Math.round(minutes / 60)} hours`
}

/** What became of the messages so far. */
export function statsInWords({ delivered, inFlight, queued, retried, dropped }: Stats): string {
  const drops = Object.entries(dropped).map(([reason, count]) => `${count} dropped (${reason})`)
  const requests = retried === 1 ? '1 request' : `${retried} requests`
  return [
    `${delivered} delivered`,
    ...drops,
    ...(inFlight > 0 ? [`${inFlight} in flight`] : []),
    ...(queued > 0 ? [`${queued} queued`] : []),
    ...(retried > 0 ? [`${requests} repeated`] : []),
  ].join(', ')
}
