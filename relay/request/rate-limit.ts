import { createRecent } from '../recent.ts'

const perSecond = 30
const burst = 200
const addresses = 10_000

/** How long one address must wait, in milliseconds; 0 while it sends 30 messages a second or fewer, 200 in a burst. */
export function createRateLimit(now: () => number = Date.now): (address: string) => number {
  const buckets = createRecent<{ left: number; at: number }>(addresses)
  return (address) => {
    const { left, at } = buckets.get(address) ?? { left: burst, at: now() }
    const filled = Math.min(burst, left + ((now() - at) / 1000) * perSecond)
    buckets.set(address, { left: filled < 1 ? filled : filled - 1, at: now() })
    return filled < 1 ? ((1 - filled) / perSecond) * 1000 : 0
  }
}
