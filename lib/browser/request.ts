import ky, { HTTPError, type RetryOptions, TimeoutError } from 'ky'
import type { Message } from '../../protocol/message.ts'
import { type Outcome, outcomeOfStatus, type Retryable } from '../delivery/outcome.ts'
import type { AttemptOptions, Send } from '../delivery/ports.ts'
import { retryAfter } from '../delivery/retry-timing.ts'
import { watchCspViolations } from './csp-violations.ts'
import { connectionTo } from './online.ts'
import { pause } from './pause.ts'

/** Where messages go, and by which key. */
export interface Target {
  /** Absolute URL. */
  endpoint: string
  apiKey: string
  credentials: RequestCredentials
}

/** `fetch` itself has failed. Any other error is a bug of ours. */
class NetworkError extends Error {
  override name = 'NetworkError'
}

/** The page's own policy refuses the request, and would refuse it again. */
class RefusedByCsp extends Error {
  override name = 'RefusedByCsp'
}

/**
 * The rules of ky's short repeats within one attempt. The queue decides about everything longer, for all tabs and pages:
 * so a `Retry-After` is never ky's to obey.
 */
const retryRules = (isOffline: () => boolean): RetryOptions => ({
  methods: ['post'],
  statusCodes: [408, 425, 500, 502, 503, 504],
  afterStatusCodes: [],
  jitter: true,
  backoffLimit: 2000,
  shouldRetry({ error }) {
    const isWorthIt =
      error instanceof HTTPError ? !error.response.headers.has('retry-after') : error instanceof NetworkError
    return isWorthIt && !isOffline() ? undefined : false
  },
})

/** The pause before a repeat, in milliseconds, of which ky takes a random part. */
const pauseBefore = (repeat: number): number => 300 * 2 ** repeat

/**
 * Posts messages as Segment's contract for partner endpoints has it: one per request.
 *
 * @param reserveKeepalive makes room for a request that outlives the page: see keepalive-budget.ts
 */
export function createRequest(
  { endpoint, apiKey, credentials }: Target,
  reserveKeepalive: (bytes: number) => (() => void) | undefined,
): Send {
  const url = endpoint.replace(/#.*/, '')
  const isSameOrigin = new URL(url).origin === location.origin
  const headers = { authorization: `Basic ${base64(`${apiKey}:`)}`, 'content-type': 'application/json' }
  const isRefusedByCsp = watchCspViolations(url)
  const createClient = () => ky.create({ method: 'post', retry: retryRules(connectionTo(url).isOffline) })
  let client: ReturnType<typeof createClient> | undefined

  return (message, { isExit, timeoutMs, retries, signal, onPause, onRetry }: AttemptOptions) => {
    let body = bodyOf(message)
    const bytes = utf8(body).length
    // Reserved within this task, because ky calls fetch a microtask later and a page that ends sends many at once.
    let release = reserveKeepalive(bytes)
    if (isExit && !release) return undefined

    let isAnswered = false
    const post = async (abortSignal: AbortSignal): Promise<Response> => {
      release ??= reserveKeepalive(bytes)
      isAnswered = false
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers,
          body,
          credentials,
          // The header `Referer` would tell the page's URL, which the site may have omitted.
          referrerPolicy: 'strict-origin',
          keepalive: release !== undefined,
          // Followed, a redirect turns the POST into a GET without a body, and its 200 would look like a delivery.
          redirect: 'manual',
          signal: abortSignal,
        })
        isAnswered = true
        return response
      } catch (cause) {
        if (abortSignal.aborted) throw cause
        // The browser reports the violation in a task of its own.
        await pause(0)
        throw isRefusedByCsp() ? new RefusedByCsp() : new NetworkError('The request failed', { cause })
      } finally {
        release?.()
        release = undefined
      }
    }

    // The first request makes it, not the start of the page.
    client ??= createClient()
    return client(url, {
      timeout: timeoutMs,
      ...(signal && { signal }),
      retry: {
        limit: retries,
        delay(repeat) {
          onPause?.(isAnswered)
          return pauseBefore(repeat)
        },
      },
      fetch: (request) => post((request as Request).signal),
      hooks: {
        beforeRetry: [
          () => {
            body = bodyOf(message)
            onRetry?.()
          },
        ],
      },
    })
      .then((response) => outcomeOfSuccess(response))
      .catch(outcomeOfError)
  }

  function outcomeOfSuccess(response: Response): Outcome {
    // Another origin's answer has the type `cors`. A service worker or a proxy of the site may answer in its place.
    const isEndpoints = response.url === url && response.type === (isSameOrigin ? 'basic' : 'cors')
    if (!isEndpoints) return { kind: 'retryable', cause: 'foreign', status: response.status }
    if (isSameOrigin && /^text\/html/.test(response.headers.get('content-type') ?? '')) {
      return { kind: 'misconfigured', cause: 'web page', status: response.status }
    }
    return { kind: 'delivered' }
  }

  async function outcomeOfError(error: unknown): Promise<Outcome> {
    if (error instanceof HTTPError) return outcomeOfAnswer(error.response)
    if (error instanceof TimeoutError) return retryable('timeout', error)
    if (error instanceof DOMException && error.name === 'AbortError') return retryable('aborted', error)
    if (error instanceof RefusedByCsp) return { kind: 'misconfigured', cause: 'csp' }
    return error instanceof NetworkError ? retryable('network', error.cause) : retryable('bug', error)
  }
}

const retryable = (cause: Retryable['cause'], error: unknown): Retryable => ({
  kind: 'retryable',
  cause,
  error,
})

async function outcomeOfAnswer(response: Response): Promise<Outcome> {
  const { status, headers } = response
  return outcomeOfStatus(status, {
    serverMessage: await serverMessage(response),
    retryAfterMs: retryAfter(headers.get('retry-after'), Date.parse(headers.get('date') ?? '') || Date.now()),
  })
}

/** How long the body of an error may take to arrive, in milliseconds: ky's time limit ends at the headers. */
const bodyTimeoutMs = 2000

/** The `message` of an error's JSON body, as Segment's contract has it; `undefined` for any other body. */
async function serverMessage(response: Response): Promise<string | undefined> {
  const body: unknown = await Promise.race([response.json().catch(() => {}), pause(bodyTimeoutMs)])
  const message = (body as { message?: unknown } | null | undefined)?.message
  return typeof message === 'string' ? message : undefined
}

const bodyOf = (message: Message): string => JSON.stringify({ ...message, sentAt: new Date().toISOString() })

const encoder = new TextEncoder()
const utf8 = (text: string): Uint8Array => encoder.encode(text)

/** `btoa` takes one byte per character; a key may have any characters. */
const base64 = (text: string): string => btoa(String.fromCharCode(...utf8(text)))
