import ky from 'ky'
import type { CheckedOptions } from '../checked-options.ts'
import { createTurns } from '../delivery/turns.ts'
import { misconfigured, type RestAnswer, refused, waits } from './answer.ts'
import { readErrorBody } from './error-body.ts'
import { createPause, retryAfterMs } from './pause.ts'

/** One call of the REST API. `path` is relative to `/api/public/` and ends in a slash. */
export type Call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => Promise<RestAnswer>

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
  const take = createTurns(concurrency, Number.POSITIVE_INFINITY)
  const pause = createPause()
  const paused = (): RestAnswer => waits('User.com asks to wait.', pause.leftMs(), 429)
  const busy = (): RestAnswer => waits('The relay is busy.', 1000)
  // JSON may write any character but a letter or a digit with a backslash before it.
  const echo = new RegExp(token.replace(/\W/g, '\\\\?\\$&'), 'g')

  async function request(method: string, path: string, body: object | undefined, ms: number) {
    // The body's time too, unlike ky's own limit, which ends with the headers.
    const signal = AbortSignal.timeout(ms)
    let response: Response
    let text: string
    try {
      response = await http(new URL(path, base), { method, signal, ...(body && { json: body }) })
      // User.com may say the token back, in a sentence as in the name of a field.
      text = (await response.text()).replace(echo, '…')
    } catch {
      return waits('User.com did not answer.')
    }
    const afterMs = retryAfterMs(response.headers.get('retry-after'))
    if (response.status === 429 || (response.status === 503 && afterMs !== undefined)) pause.begin(afterMs)
    if (response.ok) pause.end()
    return answerOf(response.status, path, text, afterMs)
  }

  function answerOf(status: number, path: string, text: string, afterMs: number | undefined): RestAnswer {
    if (status >= 200 && status < 300) return accepted(text)
    if (status === 404) return { kind: 'missing', path }
    if (status === 429) return paused()
    if (status >= 500 || status === 408 || status === 425)
      return waits(`User.com answered ${status}.`, afterMs)
    const { message = `It answered ${status}.`, fields } = readErrorBody(text)
    const words = message.slice(0, 200)
    return status < 400 || status === 401 || status === 403 || status === 405
      ? misconfigured(status, `User.com answered ${status}: ${words}`)
      : refused(status, words, fields)
  }

  return {
    pausedMs: (): number => pause.leftMs(),

    /** Calls that end by `deadline`, in milliseconds since 1970. */
    until:
      (deadline: number): Call =>
      async (method, path, body) => {
        if (pause.leftMs() > 0) return paused()
        const leave = await take(['REST'], false, deadline - Date.now())
        if (!leave) return busy()
        try {
          // Somebody who was let in before may have been told to wait.
          if (pause.leftMs() > 0) return paused()
          const left = deadline - Date.now()
          return left > 0
            ? await request(method, path, body, Math.min(left, Math.ceil(timeoutMs / 2)))
            : busy()
        } finally {
          leave()
        }
      },
  }
}

/** A yes in anything but JSON is not User.com's: a captive portal's, or a page "we will be back soon". */
function accepted(text: string): RestAnswer {
  try {
    return { kind: 'ok', body: text === '' ? {} : JSON.parse(text) }
  } catch {
    return waits('User.com answered with something else than JSON.')
  }
}
