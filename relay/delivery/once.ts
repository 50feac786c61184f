import type { RestAnswer } from '../rest/answer.ts'
import type { Attempt } from '../write/attempt.ts'
import { exclusively } from './exclusively.ts'
import type { Store } from './ports.ts'
import type { Verdict } from './result.ts'

/** As long as the plugin keeps a message. */
export const weekSeconds = 7 * 86_400

const done = 'done'
const repeated: Verdict = { outcome: 'repeated', status: 200 }
const elsewhere: Verdict = {
  outcome: 'waits',
  status: 503,
  message: 'Another instance is writing this message.',
  afterMs: 2000,
}

/**
 * Applies a message once, however often it comes. The store keeps, for each message, that it is done, or how many of
 * its calls that must not be repeated have succeeded. It is written after the call: before it, a call that fails would
 * count as made.
 */
export function createOnce(store: Store, claimSeconds: number, tell: (sentence: string) => void) {
  const running = new Map<string, Promise<Verdict>>()

  /** What User.com has taken is taken: a store that fails now may cost a repeat, not the answer. */
  const keep = (key: string, text: string): Promise<void> =>
    store
      .set(key, text, weekSeconds)
      .catch((error: Error) => tell(`The store failed after a call, which may be repeated: ${error.message}`))

  async function run(key: string, write: (once: Attempt['once']) => Promise<Verdict>): Promise<Verdict> {
    if ((await store.get(key)) === done) return repeated
    const verdict = await exclusively(store, `${key}:claim`, claimSeconds, async () => {
      // Read again: another instance may have ended between the two.
      const progress = await store.get(key)
      if (progress === done) return repeated
      const written = await write(journal(key, Number(progress ?? 0)))
      if (written.outcome === 'delivered') await keep(key, done)
      return written
    })
    return verdict ?? elsewhere
  }

  function journal(key: string, before: number): Attempt['once'] {
    let steps = 0
    return async (step): Promise<RestAnswer> => {
      steps++
      if (steps <= before) return { kind: 'ok', body: {} }
      const answer = await step()
      if (answer.kind === 'ok') await keep(key, String(steps))
      return answer
    }
  }

  /** @param key of the message in the store */
  return async (key: string, write: (once: Attempt['once']) => Promise<Verdict>): Promise<Verdict> => {
    const same = running.get(key)
    if (same) {
      const verdict = await same
      return verdict.outcome === 'delivered' ? repeated : verdict
    }
    const mine = run(key, write)
    running.set(key, mine)
    try {
      return await mine
    } finally {
      running.delete(key)
    }
  }
}
