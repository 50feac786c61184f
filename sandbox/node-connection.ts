import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** The Node server's bindings in Hono's handlers. They are empty for `app.request` without a server, as in tests. */
export interface Env {
  Bindings: Partial<HttpBindings>
}

/** The connection's remote address. */
export const addressOf = (context: Context<Env>): string =>
  context.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''

/** Closes the connection without an answer. */
export function cut(context: Context<Env>): Response {
  context.env?.incoming?.socket.destroy()
  return context.body(null, 502)
}
