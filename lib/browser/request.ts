import ky, { isHTTPError, type Options } from 'ky'
import { answerOf } from '../delivery/answer.ts'
import type { Send } from '../delivery/ports.ts'
import { backoff, retryAfter } from '../delivery/retry-timing.ts'
import type { Message } from '../message.ts'
import { isOffline } from './connection.ts'
import { pause } from './pause.ts'

/** Where messages go, and by which key. */
export interface Target {
  endpoint: string
  apiKey: string
  /** One request, in milliseconds. */
  timeoutMs: number
}

/**
 * Browsers refuse keepalive requests beyond 64 KiB in flight (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 * A larger message goes without.
 */
const keepaliveBudget = 60 * 1024

/** Posts messages as Segment's contract for partner endpoints has it; ky sees to time limits and retries. */
export function createSend({ endpoint, apiKey, timeoutMs }: Target): Send {
  const authorization = `Basic ${base64(`${apiKey}:`)}`

  const post = (message: Message, signal: AbortSignal): Promise<Response> => {
    const body = JSON.stringify({ ...message, sentAt: new Date().toISOString() })
    return fetch(endpoint, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body,
      signal,
      keepalive: fits(body, keepaliveBudget),
      credentials: 'omit',
      // Followed, a redirect turns the POST into a GET without a body, and its 200 would look like a delivery.
      redirect: 'manual',
    })
  }

  return async (message, progress) => {
    let askedToWait: number | undefined
    let offline = false
    const retry: Options['retry'] = {
      limit: Number.POSITIVE_INFINITY,
      methods: ['post'],
      shouldRetry({ error }) {
        const response = isHTTPError(error) ? error.response : undefined
        askedToWait = response && retryAfter(response.headers.get('retry-after'), Date.now())
        offline = !response && isOffline()
        return response ? answerOf(response.status) === undefined : !offline
      },
      delay(attempt) {
        const waitMs = askedToWait ?? backoff(attempt, Math.random())
        progress.retrying(waitMs)
        return waitMs
      },
    }
    const attempt = (request: unknown): Promise<Response> => {
      progress.attempting()
      return post(message, (request as Request).signal)
    }
    try {
      await ky.post(endpoint, { timeout: timeoutMs, signal: progress.signal, retry, fetch: attempt })
      return { kind: 'delivered' }
    } catch (error) {
      if (isHTTPError(error)) {
        const answer = answerOf(error.response.status, await serverMessage(error.response, timeoutMs))
        if (answer) return answer
      }
      if (offline || progress.signal.aborted) return { kind: 'interrupted' }
      // The request cannot even be made. Tried at once, it would fail at once, again and again.
      return { kind: 'misconfigured', status: 0, serverMessage: String(error) }
    }
  }
}

/** The `message` of an error's JSON body, as Segment's contract has it; any other body, or a late one, tells nothing. */
async function serverMessage(response: Response, patience: number): Promise<string | undefined> {
  try {
    const body: unknown = await Promise.race([response.json(), pause(patience)])
    const said = (body as { message?: unknown } | null)?.message
    return typeof said === 'string' ? said : undefined
  } catch {
    return undefined
  }
}

/** `btoa` takes one byte per character; a key may hold any characters. */
const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** Whether `text` takes at most `bytes` bytes. A character takes one to three, so most texts need not be encoded. */
const fits = (text: string, bytes: number): boolean =>
  text.length * 3 <= bytes || (text.length <= bytes && new TextEncoder().encode(text).length <= bytes)
