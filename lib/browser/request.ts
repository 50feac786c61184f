import { answerOf } from '../delivery/answer.ts'
import type { Answer, Send } from '../delivery/ports.ts'
import { retryAfter } from '../delivery/retry-timing.ts'

/** Where messages go, and by which key. */
export interface Target {
  endpoint: string
  apiKey: string
  /** One request, in milliseconds. */
  timeoutMs: number
}

/**
 * Browsers refuse requests that outlive their page beyond 64 KiB in flight
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). What has no room goes without `keepalive`.
 */
const keepaliveBudget = 60 * 1024

/** What this page has in flight of them, in bytes: the browser counts those of all plugins together. */
let outliving = 0

/** Posts messages as Segment's contract for partner endpoints has it, one request each. */
export function createSend({ endpoint, apiKey, timeoutMs }: Target): Send {
  const headers = { authorization: `Basic ${base64(`${apiKey}:`)}`, 'content-type': 'application/json' }
  const post = async (body: string, keepalive: boolean): Promise<Answer> => {
    try {
      const response = await fetch(endpoint, {
        ...{ method: 'POST', headers, body, keepalive, credentials: 'omit' },
        signal: AbortSignal.timeout(timeoutMs),
        // Followed, a redirect turns the POST into a GET without a body, and its 200 would look like a delivery.
        redirect: 'manual',
      })
      return answerOf(response.status, {
        serverMessage: response.ok ? undefined : await serverMessage(response),
        retryAfterMs: retryAfter(response.headers.get('retry-after'), Date.now()),
      })
    } catch {
      return { kind: 'unanswered' }
    }
  }

  return (message, leaving) => {
    const body = JSON.stringify({ ...message, sentAt: new Date().toISOString() })
    const bytes = utf8(body).length
    const keepalive = outliving + bytes <= keepaliveBudget
    if (leaving && !keepalive) return undefined
    if (!keepalive) return post(body, false)
    outliving += bytes
    return post(body, true).finally(() => {
      outliving -= bytes
    })
  }
}

/** The `message` of an error's JSON body, as Segment's contract has it; any other body tells nothing. */
async function serverMessage(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => {})
  const said = (body as { message?: unknown } | null | undefined)?.message
  return typeof said === 'string' ? said : undefined
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** `btoa` takes one byte per character; a key may hold any characters. */
const base64 = (text: string): string => btoa(String.fromCharCode(...utf8(text)))
