import type { Time } from './ports.ts'

/** How long the database may take to answer, in milliseconds. The journal's messages do not wait any longer for it. */
export const databaseTimeoutMs = 1000

/** The last part of that time, in milliseconds: as a frozen page thaws, its timers come first, and then the database's answer. */
const thawMs = 100

/** What the database answers in time; `undefined` where it does not. */
export async function soonOrNever<T>(answer: Promise<T>, time: Time): Promise<T | undefined> {
  const inTime = time.pause(databaseTimeoutMs - thawMs).then(() => time.pause(thawMs))
  return (await Promise.race([answer, inTime])) || undefined
}
