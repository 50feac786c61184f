import type { Message } from '../../protocol/message.ts'
import type { CheckedOptions } from '../checked-options.ts'
import type { Omitted } from '../fields/omitted.ts'
import type { Rest } from '../rest/client.ts'
import { isAddressable } from '../rest/path.ts'
import type { Account } from '../write/account.ts'
import { write } from '../write/write.ts'
import { createOnce } from './once.ts'
import type { Spool } from './ports.ts'
import type { Verdict } from './result.ts'
import { createTurns } from './turns.ts'
import { verdictOf } from './verdict.ts'

/** What a message came to, and what it took. */
export interface Delivered {
  verdict: Verdict
  calls: number
  omitted: Omitted[]
}

const idsOf = ({ userId, anonymousId }: Message): string[] =>
  [anonymousId, userId].filter((id) => id !== undefined && id !== null && id !== '').map(String)

const unaddressable: Verdict = {
  outcome: 'refused',
  status: 400,
  message: 'An id may be neither "." nor ".." and must be well-formed Unicode.',
  reason: 'an id without a path',
}
const busy: Verdict = {
  outcome: 'waits',
  status: 503,
  message: 'The relay is busy.',
  reason: 'The relay is busy.',
  afterMs: 1000,
}

/** Delivers messages: each once, in order for each user, within the time it has; else it is spooled, or waits. */
export function createDeliver(options: CheckedOptions, rest: Rest, account: Account) {
  const { timeoutMs, concurrency } = options
  // One user's calls that hang must leave room for the others.
  const turns = createTurns(Math.max(1, Math.min(4, concurrency - 1)))
  const open = () => createOnce(account.store, Math.ceil(timeoutMs / 1000) + 10, account.tell)
  // What comes out of the spool does not join a copy that is on its way in: each would take the other for settled.
  const [once, onceSpooled] = [open(), open()]

  /** @param mayWait where a message that cannot go now is kept; none for what was kept there */
  return async (message: Message, mayWait: Spool | undefined): Promise<Delivered> => {
    const omitted: Omitted[] = []
    let calls = 0
    const told = (verdict: Verdict): Delivered => ({ verdict, calls, omitted })

    const ids = idsOf(message)
    if (!ids.every(isAddressable)) return told(unaddressable)
    const deadline = Date.now() + timeoutMs
    const restCall = rest.until(deadline)
    const call: typeof restCall = (...request) => {
      calls++
      return restCall(...request)
    }
    const omit = (name: string, reason: string): void => {
      omitted.push({ name, reason })
    }

    const isAlone = message.type === 'identify' || message.type === 'group'
    const endTurn = await turns.take(ids, isAlone, timeoutMs)
    if (!endTurn) return told(busy)
    try {
      const key = await account.keyOf('message', message.messageId)
      const verdict = await (mayWait ? once : onceSpooled)(key, async (step) => {
        // In the turn, so that what came later is kept behind it.
        if (await mayWait?.isWaiting(ids)) return behind
        return verdictOf(await write(account, { call, once: step, omit }, message))
      })
      if (verdict.outcome !== 'waits' || !mayWait) return told(verdict)
      await mayWait.add(ids, message)
      return told(spooled)
    } finally {
      endTurn()
    }
  }
}

const behind: Verdict = { outcome: 'waits', status: 503, message: 'Earlier messages of this user wait.' }
const spooled: Verdict = { outcome: 'spooled', status: 202 }
