import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** What Hono's handlers get from the Node server; empty where an app is asked without one, as in tests. */
export interface Env {
  Bindings: Partial<HttpBindings>
}

/** The address at the other end. */
export const addressOf = (context: Context<Env>): string =>
  context.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''

/** Cuts the connection without an answer. */
export function cut(context: Context<Env>): Response {
  context.env?.incoming?.socket.destroy()
  return context.body(null, 502)
}
