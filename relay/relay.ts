import { readMessage } from '../protocol/form.ts'
import type { Message } from '../protocol/message.ts'
import { checkOptions } from './checked-options.ts'
import { createDeliver, type Delivered } from './delivery/deliver.ts'
import { createKeys } from './delivery/keys.ts'
import { memoryStore } from './delivery/memory-store.ts'
import type { Spool } from './delivery/ports.ts'
import type { Result, Verdict } from './delivery/result.ts'
import type { RelayOptions } from './options.ts'
import { answer, answerTo } from './request/answer.ts'
import { createReadMessage } from './request/read-message.ts'
import { createRest } from './rest/client.ts'
import { createCounters, type Stats } from './stats.ts'
import { createAccount } from './write/account.ts'

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
  /** Takes no more messages, and resolves when those that came are settled. */
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
  const store = options.store ?? memoryStore()
  const rest = createRest(options)
  const told = new Set<string>()
  const tell = (sentence: string): void => {
    if (!told.has(sentence)) console.error(`[userengage-relay] ${sentence}`)
    told.add(sentence)
  }
  const account = createAccount(options, store, createKeys(options.base.host), tell)
  const deliver = createDeliver(options, rest, account)
  const read = createReadMessage(options)
  const { counters, count } = createCounters()
  const inFlight = new Set<Promise<unknown>>()
  let isClosing = false
  let isMisconfigured = false

  /** What became of a message is counted and told, whatever the listener does. */
  function settle(message: Partial<Message>, { verdict, calls, omitted }: Delivered, began: number): Result {
    const { outcome, status, reason } = verdict
    const { messageId, type } = message
    const result = { messageId, type, outcome, status, reason, omitted, calls, ms: Date.now() - began }
    count(result)
    if (outcome === 'misconfigured') {
      isMisconfigured = true
      tell(String(reason))
    } else if (outcome === 'delivered') {
      isMisconfigured = false
      told.clear()
    }
    try {
      options.onResult?.(result)
    } catch (error) {
      console.error('[userengage-relay] onResult failed:', error)
    }
    return result
  }

  /** A store or a spool that cannot be reached rejects: then the page waits, and nothing is done twice. */
  const attempt = async (message: Message, spool?: Spool): Promise<Delivered> => {
    try {
      return await deliver(message, spool)
    } catch (error) {
      tell(`A message waits, as the store, the spool or the relay failed: ${(error as Error).message}`)
      const verdict = {
        status: 503,
        message: 'The relay cannot take messages now.',
        reason: 'the store or the spool failed',
      }
      return { verdict: { outcome: 'waits', ...verdict }, calls: 0, omitted: [] }
    }
  }

  async function post(request: Request): Promise<Response> {
    const origin = request.headers.get('origin')
    const began = Date.now()
    let message: Partial<Message> = {}
    let delivered: Delivered
    try {
      const taken = await read(request)
      if ('message' in taken) {
        message = taken.message
        delivered = await attempt(taken.message, options.spool)
      } else delivered = without(taken.verdict)
    } catch (error) {
      // Errors of `verify` and `beforeSend`, which are the site's: a message that was not checked is not sent.
      console.error('[userengage-relay] verify, beforeSend or ip failed:', error)
      delivered = without({
        outcome: 'failed',
        status: 500,
        message: 'The relay failed at this message.',
        reason: 'the site’s own code failed',
      })
    }
    settle(message, delivered, began)
    return answerTo(origin, delivered.verdict)
  }

  async function handle(request: Request): Promise<Response> {
    const origin = request.headers.get('origin')
    if (request.method === 'POST') return isClosing ? answerTo(origin, closing) : post(request)
    if (request.method === 'GET') {
      const status = isClosing ? 'closing' : isMisconfigured ? 'misconfigured' : 'ok'
      const health = { status, delivered: counters.delivered, pausedMs: rest.pausedMs() }
      return answer(origin, status === 'ok' ? 200 : 503, health)
    }
    if (request.method !== 'OPTIONS') {
      return answer(
        origin,
        405,
        { message: 'Only GET, POST and OPTIONS are answered.' },
        { allow: 'GET, POST, OPTIONS' },
      )
    }
    return answer(origin, 204, undefined, {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '600',
    })
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
    const delivered = isExpired
      ? without({ outcome: 'expired', status: 0, reason: 'waited for a week' })
      : await during(attempt(message))
    const { outcome, afterMs } = delivered.verdict
    const settled = outcome !== 'waits' && outcome !== 'misconfigured'
    settle(message, delivered, began)
    return { settled, afterMs }
  })

  return Object.assign(relay, {
    async deliver(message: Message): Promise<Result> {
      const began = Date.now()
      const form = readMessage(message)
      if ('value' in form) return settle(message, await during(attempt(message, options.spool)), began)
      const { status, message: reason } = form.refusal
      return settle(message, without({ outcome: 'refused', status, reason }), began)
    },
    stats: (): Stats => ({ ...counters, inFlight: inFlight.size, pausedMs: rest.pausedMs() }),
    async close(): Promise<void> {
      isClosing = true
      await Promise.allSettled(inFlight)
      await options.spool?.close()
    },
  })
}

const closing: Verdict = { outcome: 'waits', status: 503, message: 'The relay is closing.', afterMs: 1000 }

const without = (verdict: Verdict): Delivered => ({ verdict, calls: 0, omitted: [] })

const canWait = (ctx: unknown): ctx is WaitUntil =>
  typeof (ctx as WaitUntil | undefined)?.waitUntil === 'function'
