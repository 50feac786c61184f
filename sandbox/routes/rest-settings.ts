import { Hono } from 'hono'
import * as v from 'valibot'
import type { Store } from '../database/store.ts'
import { scopes } from '../database/tokens.ts'
import { type RestFault, whyNotRestFaults } from '../rules/rest-fault.ts'
import { switchesForm } from '../rules/rest-switches.ts'
import { type AppEnv, count, jsonOf, wrong } from './app-env.ts'

const tokenForm = v.object({
  scope: v.optional(v.picklist(scopes, `"scope" must be one of ${scopes.join(', ')}.`), 'full'),
})

/** What can be set of an app's REST API, and what came in by it. */
export function restSettingsRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/', (context) => context.json(store.rest.switches(context.var.app.id)))
  routes.put('/', async (context) => {
    const read = v.safeParse(switchesForm, await jsonOf(context))
    if (!read.success) return wrong(context, read.issues[0].message)
    return context.json(store.rest.setSwitches(context.var.app.id, read.output))
  })

  routes.get('/tokens', (context) => context.json(store.apps.tokens.list(context.var.app.id)))
  routes.post('/tokens', async (context) => {
    const read = v.safeParse(tokenForm, (await jsonOf(context)) ?? {})
    if (!read.success) return wrong(context, read.issues[0].message)
    return context.json(store.apps.tokens.add(context.var.app.id, read.output.scope), 201)
  })

  routes.get('/faults', (context) => context.json(store.rest.faults(context.var.app.id)))
  routes.on(['PUT', 'POST'], '/faults', async (context) => {
    const faults = await jsonOf(context)
    const why = whyNotRestFaults(faults)
    if (why) return wrong(context, why)
    const { id } = context.var.app
    if (context.req.method === 'POST') return context.json(store.rest.addFaults(id, faults as RestFault[]))
    store.rest.setFaults(id, faults as RestFault[])
    return context.json(faults as RestFault[])
  })

  routes.get('/requests', (context) => {
    const { id } = context.var.app
    const { limit, after, newest } = context.req.query()
    const not = [limit, after, newest].find((given) => given !== undefined && count(given) === undefined)
    if (not !== undefined) {
      return wrong(context, `"limit", "after" and "newest" must be whole numbers, got "${not}".`)
    }
    if (newest !== undefined) return context.json(store.rest.requests.newest(id, Number(newest)))
    return context.json(store.rest.requests.list(id, count(after), count(limit)))
  })
  return routes
}
