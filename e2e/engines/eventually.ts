import { deepStrictEqual } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const patience = 20_000

/** Asks again and again until the answer is the expected one; after 20 seconds the difference is what is thrown. */
export async function eventually(ask: () => Promise<unknown>, expected: unknown): Promise<void> {
  const end = Date.now() + patience
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
