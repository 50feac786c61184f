import { deepStrictEqual } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const limitMs = 20_000

/** Asks every 50 ms until the answer is the expected one. Throws the difference after 20 seconds. */
export async function eventually(ask: () => Promise<unknown>, expected: unknown): Promise<void> {
  const end = Date.now() + limitMs
  for (;;) {
    const answer = await ask()
    try {
      deepStrictEqual(answer, expected)
      return
    } catch (difference) {
      if (Date.now() > end) throw difference
    }
    await sleep(50)
  }
}
