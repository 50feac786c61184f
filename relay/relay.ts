import { readMessage } from '../protocol/form.ts'
import type { Message } from '../protocol/message.ts'
import { checkOptions } from './checked-options.ts'
import { createDeliver } from './delivery/deliver.ts'
import type { Spool } from './delivery/ports.ts'
import type { Result, Verdict } from './delivery/result.ts'
import { createLog } from './log.ts'
import type { RelayOptions } from './options.ts'
import { answer, answerTo, notAllowed, preflight } from './request/answer.ts'
import { createReadMessage } from './request/read-message.ts'
import { setupAfterMs } from './rest/answer.ts'
import { createRest } from './rest/client.ts'
import { noCounts, type Stats } from './stats.ts'

/** What keeps the process at work after the answer, as the `ctx` of a Cloudflare Worker has it. */
export interface WaitUntil {
  waitUntil(work: Promise<unknown>): void
}

export interface Relay {
  /** Answers a request: `POST` a message, `OPTIONS` preflight, `GET` health. */
  (request: Request, env?: unknown, ctx?: unknown): Promise<Response>
  /** Delivers a message of your own backend, or of its queue. Neither `verify` nor `beforeSend` is asked. */
  deliver(message: Message): Promise<Result>
  stats(): Stats
  /** Takes no more messages, and resolves when those that came are settled, within `timeoutMs`. */
  close(): Promise<void>
}

/**
 * A relay from the page to User.com's REST API.
 *
 * @throws TypeError where an option is wrong, which says what to write
 *
 * @example
 * const relay = createRelay({ app: 'acme', token: process.env.USERCOM_TOKEN, origins: ['https://shop.example'] })
 * export default { fetch: relay }
 */
export function createRelay(given: RelayOptions): Relay {
  const options = checkOptions(given)
  const rest = createRest(options)
  const { tell, forget } = createLog()
  const deliver = createDeliver(options, rest, tell)
  const read = createReadMessage(options)
  const counts = noCounts()
  const inFlight = new Set<Promise<unknown>>()
  let isClosing = false
  /** Then a balancer may try again: to a relay that is ill it sends no message that could show it well. */
  let misconfiguredUntil = 0

  /** What became of a message is counted and told, whatever the listener does. */
  function settle({ messageId, type }: Partial<Message>, verdict: Verdict, began: number): Result {
    const { outcome, status, message, reason = message, calls = 0, omitted = [] } = verdict
    counts[outcome]++
    counts.calls += calls
    if (outcome === 'misconfigured') {
      misconfiguredUntil = Date.now() + setupAfterMs
      tell(String(reason))
    } else if (outcome === 'delivered' && misconfiguredUntil > 0) {
      misconfiguredUntil = 0
      forget()
    }
    const result = { messageId, type, outcome, status, reason, omitted, calls, ms: Date.now() - began }
    void listen(result)
    return result
  }

  async function listen(result: Result): Promise<void> {
    try {
      // Awaited: what an async listener throws would end the process.
      await options.onResult?.(result)
    } catch (error) {
      console.error('[userengage-relay] onResult failed:', error)
    }
  }

  /** A store or a spool that cannot be reached rejects: then the page waits, and nothing is done twice. */
  const attempt = async (message: Message, spool?: Spool): Promise<Verdict> => {
    try {
      return await deliver(message, spool)
    } catch (error) {
      tell(`A message waits, as the store, the spool or the relay failed: ${(error as Error).message}`)
      return storeFailed
    }
  }

  async function post(request: Request): Promise<Verdict> {
    const began = Date.now()
    const taken = await read(request).catch((error: unknown) => {
      // Errors of the site's own code: a message that was not checked is not sent.
      console.error('[userengage-relay] verify, beforeSend or ip failed:', error)
      return { verdict: siteFailed }
    })
    const isTaken = 'message' in taken
    const verdict = isTaken ? await attempt(taken.message, options.spool) : taken.verdict
    settle(isTaken ? taken.message : {}, verdict, began)
    return verdict
  }

  const health = (): string =>
    isClosing ? 'closing' : misconfiguredUntil > Date.now() ? 'misconfigured' : 'ok'

  async function handle(request: Request): Promise<Response> {
    const origin = request.headers.get('origin')
    switch (request.method) {
      case 'POST':
        return answerTo(origin, isClosing ? closing : await post(request))
      case 'GET':
        return answer(origin, health() === 'ok' ? 200 : 503, {
          status: health(),
          delivered: counts.delivered,
          pausedMs: rest.pausedMs(),
        })
      case 'OPTIONS':
        return preflight(origin)
      default:
        return notAllowed(origin)
    }
  }

  /** `close` waits for it, and a Worker lives as long. */
  function during<Value>(work: Promise<Value>): Promise<Value> {
    inFlight.add(work)
    work.finally(() => inFlight.delete(work)).catch(() => {})
    return work
  }

  const relay = (request: Request, _env?: unknown, ctx?: unknown): Promise<Response> => {
    const answered = during(handle(request))
    if (canWait(ctx)) ctx.waitUntil(answered)
    return answered
  }

  options.spool?.start(options.base.host, async (message, isExpired) => {
    if (isClosing) return { settled: false }
    const began = Date.now()
    const verdict = isExpired ? expired : await during(attempt(message))
    settle(message, verdict, began)
    const { outcome, afterMs } = verdict
    return { settled: outcome !== 'waits' && outcome !== 'misconfigured', afterMs }
  })

  return Object.assign(relay, {
    async deliver(message: Message): Promise<Result> {
      const began = Date.now()
      const form = readMessage(message)
      if ('refusal' in form) {
        // With the value that is wrong, for the caller only.
        const { status, message: reason } = form.refusal
        const told: Verdict = { outcome: 'refused', status, reason: `answered ${status} by the relay` }
        return { ...settle(message, told, began), reason }
      }
      return settle(message, isClosing ? closing : await during(attempt(message, options.spool)), began)
    },
    stats: (): Stats => ({ ...counts, inFlight: inFlight.size, pausedMs: rest.pausedMs() }),
    async close(): Promise<void> {
      isClosing = true
      await inTime(Promise.allSettled(inFlight), options.timeoutMs)
      await options.spool?.close()
    },
  })
}

const closing: Verdict = { outcome: 'waits', status: 503, message: 'The relay is closing.', afterMs: 1000 }
const expired: Verdict = { outcome: 'expired', status: 0, reason: 'waited for a week' }
const storeFailed: Verdict = {
  outcome: 'waits',
  status: 503,
  message: 'The relay cannot take messages now.',
  reason: 'the store or the spool failed',
}
const siteFailed: Verdict = {
  outcome: 'failed',
  status: 500,
  message: 'The relay failed at this message.',
  reason: 'the site’s own code failed',
}

/** Waits for work, and no longer than `ms`. */
async function inTime(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

const canWait = (ctx: unknown): ctx is WaitUntil =>
  typeof (ctx as WaitUntil | undefined)?.waitUntil === 'function'
