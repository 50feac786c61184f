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
  /** The events whose requests were cut off, one entry for each request. */
  lost: (string | undefined)[]
}

const lines = new Map<string, Line & { cutUntil: number }>()

/** The line of the messages with an API key. */
export function lineOf(apiKey: string): Line {
  const line = {
    cutUntil: 0,
    lost: [],
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
  if (!line || line.cutUntil === 0) return answer()
  const { event, sentAt } = (await request.clone().json()) as { event?: string; sentAt: string }
  if (Date.parse(sentAt) > line.cutUntil) return answer()
  line.lost.push(event)
  env.incoming.socket.destroy()
  return new Response(null, { status: 502 })
}
