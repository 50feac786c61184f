import type { Context } from 'hono'
import type { App } from '../api-types.ts'
import type { Env } from '../node-connection.ts'

/** The bindings and variables of a handler that serves one app. */
export type AppEnv = Env & { Variables: { app: App } }

/** Answers 400. */
export const badRequest = (context: Context, message: string): Response => context.json({ message }, 400)

/** The parsed JSON of a body; `null` if it is not JSON. */
export const jsonOf = (context: Context): Promise<unknown> => context.req.json().catch(() => null)

/** Reads a whole number of a query; `undefined` if the text is none. */
export const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
