import type { Context } from 'hono'
import type { App } from '../database/apps.ts'
import type { Env } from '../node-connection.ts'

/** What the handlers of one app's routes get. */
export type AppEnv = Env & { Variables: { app: App } }

export const wrong = (context: Context, message: string): Response => context.json({ message }, 400)

/** The JSON of a body; `null` where it is none. */
export const jsonOf = (context: Context): Promise<unknown> => context.req.json().catch(() => null)

/** A whole number of a query. */
export const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
