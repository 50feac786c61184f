import type { Verdict } from '../delivery/result.ts'

/**
 * An answer that the page may read. Without these headers a browser reports a network error in place of the status,
 * and a refusal looks like a server that is down.
 */
export function answer(
  origin: string | null,
  status: number,
  body?: object,
  headers: Record<string, string> = {},
): Response {
  return new Response(body && JSON.stringify(body), {
    status,
    headers: {
      ...(body && { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' }),
      'cache-control': 'no-store',
      vary: 'Origin',
      ...(origin !== null && {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'Retry-After',
      }),
      ...headers,
    },
  })
}

/** The answer that a verdict is. Thousands of tabs obey `Retry-After` to the second: they must not come back together. */
export function answerTo(origin: string | null, { status, message, afterMs }: Verdict): Response {
  if (status < 300) return answer(origin, status, { success: true })
  if (afterMs === undefined) return answer(origin, status, { message })
  const seconds = Math.ceil(afterMs / 1000)
  const jitter = Math.floor(Math.random() * Math.max(5, seconds + 1))
  return answer(origin, status, { message }, { 'retry-after': String(seconds + jitter) })
}

export const notAllowed = (origin: string | null): Response =>
  answer(
    origin,
    405,
    { message: 'Only GET, POST and OPTIONS are answered.' },
    { allow: 'GET, POST, OPTIONS' },
  )

export const preflight = (origin: string | null): Response =>
  answer(origin, 204, undefined, {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
  })
