import { customIdOf } from '../../protocol/form.ts'
import type { Message } from '../../protocol/message.ts'
import type { CheckedOptions } from '../checked-options.ts'
import type { Call, Rest } from '../rest/client.ts'
import { isAddressable } from '../rest/path.ts'
import type { Account } from '../write/attempt.ts'
import { createDefinitions } from '../write/definitions.ts'
import { personOf } from '../write/user.ts'
import { write } from '../write/write.ts'
import { createKeys } from './keys.ts'
import { memoryStore } from './memory-store.ts'
import { createOnce } from './once.ts'
import type { Spool } from './ports.ts'
import type { Omit, Omitted, Verdict } from './result.ts'
import { createTurns } from './turns.ts'

const idsOf = ({ userId, anonymousId }: Message): string[] =>
  [customIdOf({ anonymousId }), customIdOf({ userId })].filter((id) => id !== undefined)

/** Of one user's messages that wait for each other; who sends more is told to come again. */
const longestLine = 500

const unaddressable: Verdict = {
  outcome: 'refused',
  status: 400,
  message: 'An id may be neither "." nor ".." and must be well-formed Unicode.',
  reason: 'an id without a path',
}
const busy: Verdict = { outcome: 'waits', status: 503, message: 'The relay is busy.', afterMs: 1000 }
const spooled: Verdict = { outcome: 'spooled', status: 202 }

/** Delivers messages: each once, in order for each user, within the time it has; else it is spooled, or waits. */
export function createDeliver(options: CheckedOptions, rest: Rest, tell: (sentence: string) => void) {
  const { timeoutMs, concurrency, contextAttributes, attributes } = options
  const account: Account = {
    ...options,
    store: options.store ?? memoryStore(),
    keyOf: createKeys(options.base.host),
    // Longer than any message takes: a claim that ends early lets a second instance in.
    claimSeconds: Math.ceil(timeoutMs / 1000) + 10,
    definitions: createDefinitions(attributes, contextAttributes.values(), tell),
    tell,
  }
  // One user's calls that hang must leave room for the others.
  const takeTurn = createTurns(Math.max(1, Math.min(4, concurrency - 1)), longestLine)
  const once = createOnce(account.store, account.claimSeconds, tell)

  /** @param spool where a message that cannot go now is kept; none for what was kept there */
  return async (message: Message, spool: Spool | undefined): Promise<Verdict> => {
    const ids = idsOf(message)
    if (!ids.every(isAddressable)) return unaddressable
    const deadline = Date.now() + timeoutMs
    const restCall = rest.until(deadline)
    const omitted: Omitted[] = []
    let calls = 0
    const call: Call = (...request) => {
      calls++
      return restCall(...request)
    }
    const omit: Omit = (name, reason) => {
      omitted.push({ name, reason })
    }
    const toSpool = async (to: Spool): Promise<Verdict> => {
      await to.add(ids, message)
      return { ...spooled, calls, omitted }
    }

    const isAlone = message.type === 'identify' || message.type === 'group'
    const endTurn = await takeTurn(ids, isAlone, timeoutMs)
    if (!endTurn) return busy
    try {
      // In the turn, so that what came later is kept behind it.
      if (spool && (await spool.isWaiting(ids))) return await toSpool(spool)
      const key = await account.keyOf('message', message.messageId)
      const verdict = await once(key, async (step): Promise<Verdict> => {
        const failure = await write({ account, person: personOf(message), call, once: step, omit }, message)
        return failure ? { ...failure, outcome: failure.kind } : { outcome: 'delivered', status: 200 }
      })
      return verdict.outcome === 'waits' && spool ? await toSpool(spool) : { ...verdict, calls, omitted }
    } finally {
      endTurn()
    }
  }
}
