import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Store } from '../database/store.ts'
import type { AppEnv } from './app-env.ts'

/** Proxies and browsers give up a silent stream, so a comment line goes out at this interval. */
const heartbeatMs = 15_000
/** Another sandbox on the same data file cannot notify this one, so this one looks for entries at this interval. */
const pollMs = 1000

/** Reads the ids of the last message and the last REST request that a client has seen, such as `12.34`. */
function seenBy(context: Context): (number | undefined)[] {
  const text = context.req.header('last-event-id') ?? context.req.query('after') ?? ''
  return /^\d{1,15}(\.\d{1,15})?$/.test(text) ? text.split('.').map(Number) : []
}

/**
 * Server-sent events: first every message and REST request after the last ones that the client has seen, then each new
 * one. The id of an event is that of the last message and of the last REST request.
 */
export function stream(store: Store, context: Context<AppEnv>): Response {
  const { id } = context.var.app
  const [seenMessage, seenRequest] = seenBy(context)
  return streamSSE(context, async (sse) => {
    const { requests } = store.rest
    const newestMessage = store.messages.newest(id, 1)[0]?.id ?? 0
    const newestRequest = requests.newest(id, 1)[0]?.id ?? 0
    // The client may have seen a higher id in a data file that was deleted since: ids start again from 1.
    let message = Math.min(seenMessage ?? newestMessage, newestMessage)
    let request = Math.min(seenRequest ?? newestRequest, newestRequest)
    const send = (event: string, entry: unknown): void =>
      void sse.writeSSE({ event, id: `${message}.${request}`, data: JSON.stringify(entry) })
    const sendNew = (): void => {
      for (const entry of store.messages.list(id, message)) {
        message = entry.id
        send('message', entry)
      }
      for (const entry of requests.list(id, request)) {
        request = entry.id
        send('request', entry)
      }
    }
    const stop = store.messages.listen(id, sendNew)
    const poll = setInterval(sendNew, pollMs)
    const heartbeat = setInterval(() => void sse.write(': alive\n\n'), heartbeatMs)
    await sse.write(': open\n\n')
    sendNew()
    await new Promise<void>((resolve) => sse.onAbort(resolve))
    clearInterval(poll)
    clearInterval(heartbeat)
    stop()
  })
}
