import { Hono } from 'hono'
import { parseBody } from '../../protocol/form.ts'
import type { App } from '../api-types.ts'
import type { Definition } from '../database/definitions.ts'
import type { Store } from '../database/store.ts'
import { definitionSchema } from '../rules/definition.ts'
import { read } from '../rules/read.ts'
import { readBody } from './body-text.ts'

/** 1 MB, as at the other endpoint. */
const largestBody = 1024 * 1024

type AppEnv = { Variables: { app: App } }

/** The part of UserEngage's public REST API that reads what was received, and defines attributes. */
export function publicRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.use(async (context, next) => {
    const token = /^Token\s+(\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    const app = token && store.apps.byToken(token)
    if (!app)
      return context.json(
        { message: 'Send "Authorization: Token <token>" with the REST token of an app.' },
        401,
      )
    context.set('app', app)
    return next()
  })

  routes.get('/users-by-id/:custom_id', (context) => {
    const profile = store.users.profile(context.var.app.id, context.req.param('custom_id'))
    return profile ? context.json(profile) : context.json(noUser, 404)
  })
  routes.get('/users-by-id/:custom_id/events', (context) => {
    const user = store.users.find(context.var.app.id, context.req.param('custom_id'))
    return user ? context.json(store.activity.events(user.id)) : context.json(noUser, 404)
  })
  routes.get('/users-by-id/:custom_id/ping_hits', (context) => {
    const user = store.users.find(context.var.app.id, context.req.param('custom_id'))
    return user ? context.json(store.activity.views(user.id)) : context.json(noUser, 404)
  })
  routes.get('/companies-by-id/:custom_id', (context) => {
    const company = store.companies.company(context.var.app.id, context.req.param('custom_id'))
    return company ? context.json(company) : context.json({ message: 'There is no company of this id.' }, 404)
  })

  routes.get('/attributes', (context) => context.json(store.definitions.all(context.var.app.id).map(shown)))
  routes.post('/attributes', async (context) => {
    const { text, tooLarge } = await readBody(context.req.raw, largestBody)
    if (tooLarge) return context.json({ message: `The body is larger than ${largestBody} bytes.` }, 413)
    const parsed = parseBody(text)
    if ('refusal' in parsed) return context.json({ message: parsed.refusal.message }, 400)
    const definition = read(definitionSchema, parsed.value)
    if ('refusal' in definition) return context.json({ message: definition.refusal.message }, 400)
    return context.json(shown(store.definitions.define(context.var.app.id, definition.value)), 201)
  })
  return routes
}

const noUser = { message: 'There is no user of this id.' }

/** A definition as the API shows it. `name_std` is the name as it stands in URLs, by the vendor's examples. */
function shown({ id, name, value_type, content_type, choices, event }: Definition): object {
  return {
    id,
    name,
    name_std: name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_'),
    value_type,
    content_type,
    ...(value_type === 'fixed' && { choices }),
    ...(event && { event }),
  }
}
