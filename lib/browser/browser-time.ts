import type { Time } from '../delivery/ports.ts'
import { pause } from './pause.ts'

/** The clocks, the chance and the timers of a page or a worker. */
export const browserTime: Time = {
  now: Date.now,
  monotonic: () => performance.now(),
  random: Math.random,
  pause,
}
