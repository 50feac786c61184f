import { Hono } from 'hono'
import * as v from 'valibot'
import type { Store } from '../database/store.ts'
import { read } from '../rules/read.ts'
import { readUserFilter } from '../rules/user-filter.ts'
import { type AppEnv, badRequest, jsonOf } from './app-env.ts'
import { attributeRoutes } from './attributes.ts'
import { inspectorRoutes } from './inspector.ts'
import { logRange } from './log-range.ts'
import { profileRoutes } from './profiles.ts'
import { restSettingsRoutes } from './rest-settings.ts'
import { settingsRoutes } from './settings.ts'
import { stream } from './stream.ts'

const newApp = v.object(
  { name: v.optional(v.string('"name" must be a text.')) },
  'The body must be a JSON object, such as {"name": "My shop"}.',
)
/** The sandbox's own API: apps, their settings, and the data that they received. */
export function controlRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/apps', (context) => context.json(store.apps.all()))
  routes.post('/apps', async (context) => {
    const body = read(newApp, (await jsonOf(context)) ?? {})
    if ('refusal' in body) return badRequest(context, body.refusal.message)
    const { id, apiKey, token } = store.apps.create(body.value.name)
    return context.json({ id, apiKey, token }, 201)
  })

  routes.use('/apps/:id/*', async (context, next) => {
    const id = context.req.param('id') ?? ''
    const app = store.apps.byId(id)
    if (!app) return context.json({ message: `There is no app "${id}".` }, 404)
    context.set('app', app)
    return next()
  })

  routes.route('/apps/:id', settingsRoutes(store))
  routes.route('/apps/:id', profileRoutes(store))
  routes.route('/apps/:id/attributes', attributeRoutes(store))
  routes.route('/apps/:id/rest', restSettingsRoutes(store))
  routes.route('/apps/:id/inspector', inspectorRoutes(store))

  routes.get('/apps/:id/messages', (context) => {
    const { id } = context.var.app
    const range = read(logRange, context.req.query())
    if ('refusal' in range) return badRequest(context, range.refusal.message)
    const { limit, after, newest } = range.value
    if (newest !== undefined) return context.json(store.messages.newest(id, newest))
    return context.json(store.messages.list(id, after, limit))
  })
  routes.get('/apps/:id/users', (context) => {
    const filter = readUserFilter(context.req.query(), new Date())
    if ('refusal' in filter) return badRequest(context, filter.refusal.message)
    return context.json(store.users.list(context.var.app.id, filter.value))
  })
  routes.get('/apps/:id/companies', (context) => context.json(store.companies.list(context.var.app.id)))
  routes.get('/apps/:id/stream', (context) => stream(store, context))
  return routes
}
