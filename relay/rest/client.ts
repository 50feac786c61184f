import ky from 'ky'
import type { CheckedOptions } from '../checked-options.ts'
import type { Later, RestAnswer } from './answer.ts'
import { readErrorBody } from './error-body.ts'
import { createGate } from './gate.ts'
import { createPause, retryAfterMs } from './pause.ts'

/** One call of the REST API. `path` is relative to `/api/public/` and ends in a slash. */
export type Call = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
) => Promise<RestAnswer>

export type Rest = ReturnType<typeof createRest>

/**
 * User.com's REST API v2 (https://apidocs.user.com), one request per call: who repeats, and when, is for the page or the spool to decide.
 * The token is in the headers that are made here, and nowhere else.
 */
export function createRest({ base, token, concurrency, timeoutMs }: CheckedOptions) {
  const http = ky.create({
    headers: { authorization: `Token ${token}`, accept: '*/*; version=2' },
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    // Followed, a redirect loses the body or the token.
    redirect: 'manual',
  })
  const gate = createGate(concurrency)
  const pause = createPause()
  const spoken = (text: string | undefined, status: number): string =>
    (text ?? `It answered ${status}.`).slice(0, 200)

  async function request(
    method: string,
    path: string,
    body: object | undefined,
    ms: number,
  ): Promise<RestAnswer> {
    try {
      const response = await http(new URL(path, base), {
        method,
        ...(body && { json: body }),
        // The body's time too, unlike ky's own limit, which ends with the headers.
        signal: AbortSignal.timeout(ms),
      })
      // User.com may say the token back, in a sentence as in the name of a field.
      return answerOf(response, (await response.text()).replaceAll(token, '…'))
    } catch {
      return later(503, 'User.com did not answer.')
    }
  }

  function answerOf({ status, headers }: Response, text: string): RestAnswer {
    const afterMs = retryAfterMs(headers.get('retry-after'))
    if (status === 429 || (status === 503 && afterMs !== undefined)) pause.begin(afterMs)
    if (status >= 200 && status < 300) {
      pause.end()
      return accepted(text)
    }
    const { message, fields } = readErrorBody(text)
    if (status === 404) return { kind: 'missing' }
    if (status === 429) return later(429, 'User.com asks to wait.', pause.leftMs())
    if (status >= 500 || status === 408 || status === 425)
      return later(503, `User.com answered ${status}.`, afterMs)
    if (status < 400 || status === 401 || status === 403 || status === 405) {
      return {
        kind: 'misconfigured',
        status,
        message: `User.com answered ${status}: ${spoken(message, status)}`,
      }
    }
    return { kind: 'refused', status, message: spoken(message, status), fields }
  }

  return {
    pausedMs: (): number => pause.leftMs(),

    /** Calls that end by `deadline`, in milliseconds since 1970. */
    until:
      (deadline: number): Call =>
      async (method, path, body) => {
        const toWait = (): Later => later(429, 'User.com asks to wait.', pause.leftMs())
        if (pause.leftMs() > 0) return toWait()
        if (!(await gate.enter(deadline - Date.now()))) return later(503, 'The relay is busy.', 1000)
        try {
          // Somebody who was let in before may have been told to wait.
          if (pause.leftMs() > 0) return toWait()
          const left = deadline - Date.now()
          if (left <= 0) return later(503, 'The relay is busy.', 1000)
          return await request(method, path, body, Math.min(left, timeoutMs / 2))
        } finally {
          gate.leave()
        }
      },
  }
}

/** A yes in anything but JSON is not User.com's: a captive portal's, or a page "we will be back soon". */
function accepted(text: string): RestAnswer {
  try {
    return { kind: 'ok', body: text === '' ? {} : JSON.parse(text) }
  } catch {
    return later(503, 'User.com answered with something else than JSON.')
  }
}

const later = (status: Later['status'], message: string, afterMs?: number): Later => ({
  kind: 'later',
  status,
  message,
  afterMs,
})
