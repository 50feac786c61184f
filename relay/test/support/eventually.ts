import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until `holds` is true, however slow the machine is; a minute is for what never happens. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(20)) {
    if (await holds()) return
  }
  throw new Error(`It did not happen: ${what}.`)
}
