import type { Http2Bindings, HttpBindings } from '@hono/node-server'

/** The line between the page and its endpoint. */
export interface Line {
  /** From now on no message gets through: its connection is cut. */
  cut(): void
  /**
   * Messages get through again, except those that a page sent before `now`: they count as lost, however late they arrive.
   *
   * @param now the page's time, in milliseconds since 1970
   */
  mend(now?: number): void
  /**
   * From now on something before the endpoint, such as a firewall, keeps this event away from it: by a status, which the
   * page can read, or by cutting the connection. Without an event, all pass again.
   */
  block(event?: string, by?: number | 'reset'): void
  /** The events whose requests did not reach the endpoint, one entry for each request. */
  lost: (string | undefined)[]
}

interface State {
  cutUntil: number
  blocked: { event: string; by: number | 'reset' } | undefined
}

const lines = new Map<string, Line & State>()

/** The line of the messages with an API key. */
export function lineOf(apiKey: string): Line {
  const line: Line & State = {
    cutUntil: 0,
    blocked: undefined,
    lost: [],
    block: (event, by = 'reset') => {
      line.blocked = event === undefined ? undefined : { event, by }
    },
    cut: () => {
      line.cutUntil = Number.POSITIVE_INFINITY
    },
    mend: (now = Date.now()) => {
      line.cutUntil = now
    },
  }
  lines.set(apiKey, line)
  return line
}

/** Lets a request through to `answer`, unless its line is cut. */
export async function acrossLine(
  request: Request,
  env: HttpBindings | Http2Bindings,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  const credentials = /^Basic (.*)/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  const line = lines.get(atob(credentials).split(':')[0] ?? '')
  if (!line || (line.cutUntil === 0 && !line.blocked)) return answer()
  const { event, sentAt } = (await request.clone().json()) as { event?: string; sentAt: string }
  const isBlocked = event !== undefined && event === line.blocked?.event
  if (!isBlocked && Date.parse(sentAt) >= line.cutUntil) return answer()
  line.lost.push(event)
  if (isBlocked && typeof line.blocked?.by === 'number') {
    return new Response('<h1>Blocked</h1>', {
      status: line.blocked.by,
      headers: { 'access-control-allow-origin': '*' },
    })
  }
  env.incoming.socket.destroy()
  return new Response(null, { status: 502 })
}
