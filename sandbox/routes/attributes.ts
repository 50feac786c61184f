import { Hono } from 'hono'
import { parseBody } from '../../protocol/form.ts'
import type { Definition } from '../database/definitions.ts'
import type { Store } from '../database/store.ts'
import { definitionSchema } from '../rules/definition.ts'
import { nameStd } from '../rules/name-std.ts'
import { read } from '../rules/read.ts'
import { type AppEnv, badRequest } from './app-env.ts'
import { readBody } from './body-text.ts'

/** 1 MB, as at the other endpoints. */
const largestBody = 1024 * 1024

/**
 * Definitions of attributes. Other than UserEngage's REST API, this route defines attributes of events, and changes the
 * type of an attribute that is defined already.
 */
export function attributeRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/', (context) => context.json(store.definitions.all(context.var.app.id).map(shown)))
  routes.post('/', async (context) => {
    const { text, tooLarge } = await readBody(context.req.raw, largestBody)
    if (tooLarge) return context.json({ message: `The body is larger than ${largestBody} bytes.` }, 413)
    const parsed = parseBody(text)
    if ('refusal' in parsed) return badRequest(context, parsed.refusal.message)
    const definition = read(definitionSchema, parsed.value)
    if ('refusal' in definition) return badRequest(context, definition.refusal.message)
    return context.json(shown(store.definitions.define(context.var.app.id, definition.value)), 201)
  })
  return routes
}

function shown({ id, name, value_type, content_type, choices, event }: Definition): object {
  return {
    id,
    name,
    name_std: nameStd(name),
    value_type,
    content_type,
    ...(value_type === 'fixed' && { choices }),
    ...(event && { event }),
  }
}
