import type { RestAnswer } from '../rest/answer.ts'
import type { Attempt } from '../write/attempt.ts'
import type { Store } from './ports.ts'
import type { Verdict } from './result.ts'

/** As long as the plugin keeps a message. */
const weekSeconds = 7 * 86_400
const done = 'done'

/**
 * Applies a message once, however often it comes. The store keeps, for each message, that it is done, or how many of
 * its calls that must not be repeated have succeeded. It is written after the call: before it, a call that fails would
 * count as made.
 */
export function createOnce(store: Store, claimSeconds: number, tell: (sentence: string) => void) {
  const running = new Map<string, Promise<Verdict>>()

  /** What User.com has taken is taken: a store that fails now may cost a repeat, not the answer. */
  const afterwards = (work: Promise<void>): Promise<void> =>
    work.catch((error: Error) =>
      tell(`The store failed after a call, which may be repeated: ${error.message}`),
    )

  async function run(key: string, write: (once: Attempt['once']) => Promise<Verdict>): Promise<Verdict> {
    if ((await store.get(key)) === done) return repeated
    const claim = `${key}:claim`
    if (!(await store.claim(claim, claimSeconds))) {
      return {
        outcome: 'waits',
        status: 503,
        message: 'Another instance is writing this message.',
        afterMs: 2000,
      }
    }
    try {
      // Read again: another instance may have ended between the two.
      const progress = await store.get(key)
      if (progress === done) return repeated
      const verdict = await write(journal(key, Number(progress ?? 0)))
      if (verdict.outcome === 'delivered') await afterwards(store.set(key, done, weekSeconds))
      return verdict
    } finally {
      await afterwards(store.release(claim))
    }
  }

  function journal(key: string, before: number): Attempt['once'] {
    let steps = 0
    return async (step): Promise<RestAnswer> => {
      steps++
      if (steps <= before) return { kind: 'ok', body: {} }
      const answer = await step()
      if (answer.kind === 'ok') await afterwards(store.set(key, String(steps), weekSeconds))
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

const repeated: Verdict = { outcome: 'repeated', status: 200 }
