import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until `holds` is true, however slow the machine is; a minute, in milliseconds, is for what never happens. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = 60_000,
): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(20)) {
    if (await holds()) return
  }
  throw new Error(`It did not happen: ${what}.`)
}
