import { Hono } from 'hono'
import * as v from 'valibot'
import type { Store } from '../database/store.ts'
import { read } from '../rules/read.ts'
import { restFaultsSchema } from '../rules/rest-fault.ts'
import { switchesSchema } from '../rules/rest-switches.ts'
import { type AppEnv, badRequest, jsonOf } from './app-env.ts'
import { logRange } from './log-range.ts'

const scopes = ['full', 'read', 'write'] as const
const newToken = v.object(
  { scope: v.optional(v.picklist(scopes, `"scope" must be one of ${scopes.join(', ')}.`), 'full') },
  'The body must be a JSON object, such as {"scope": "read"}.',
)

/** The settings of an app's REST API, and the log of its requests. */
export function restSettingsRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/', (context) => context.json(store.rest.switches(context.var.app.id)))
  routes.put('/', async (context) => {
    const switches = read(switchesSchema, await jsonOf(context))
    if ('refusal' in switches) return badRequest(context, switches.refusal.message)
    return context.json(store.rest.setSwitches(context.var.app.id, switches.value))
  })

  routes.get('/tokens', (context) => context.json(store.apps.tokens.list(context.var.app.id)))
  routes.post('/tokens', async (context) => {
    const token = read(newToken, (await jsonOf(context)) ?? {})
    if ('refusal' in token) return badRequest(context, token.refusal.message)
    return context.json(store.apps.tokens.add(context.var.app.id, token.value.scope), 201)
  })

  routes.get('/faults', (context) => context.json(store.rest.faults(context.var.app.id)))
  routes.on(['PUT', 'POST'], '/faults', async (context) => {
    const faults = read(restFaultsSchema, await jsonOf(context))
    if ('refusal' in faults) return badRequest(context, faults.refusal.message)
    const { id } = context.var.app
    if (context.req.method === 'POST') return context.json(store.rest.addFaults(id, faults.value))
    store.rest.setFaults(id, faults.value)
    return context.json(faults.value)
  })

  routes.get('/requests', (context) => {
    const range = read(logRange, context.req.query())
    if ('refusal' in range) return badRequest(context, range.refusal.message)
    const { limit, after, newest } = range.value
    const { requests } = store.rest
    const { id } = context.var.app
    return context.json(newest === undefined ? requests.list(id, after, limit) : requests.newest(id, newest))
  })
  return routes
}
