import { Hono } from 'hono'
import type { Store } from '../database/store.ts'
import { type Fault, whyNotFaults } from '../rules/fault.ts'
import { hostName } from '../rules/trust.ts'
import { type AppEnv, jsonOf, wrong } from './app-env.ts'

/** More than anybody types by hand. */
const longestEventName = 10_000

/** What can be set of an app, and set back: its keys, its domains, its events, and what fails. */
export function settingsRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/keys', (context) => context.json(store.apps.keys.list(context.var.app.id)))
  routes.post('/keys', (context) => context.json(store.apps.keys.generate(context.var.app.id), 201))
  routes.put('/key', async (context) => {
    const { id, apiKey } = context.var.app
    const { revoked, key = apiKey } = ((await jsonOf(context)) ?? {}) as Record<string, unknown>
    if (typeof revoked !== 'boolean')
      return wrong(context, 'The body must be {"revoked": true} or {"revoked": false}.')
    if (typeof key !== 'string' || !store.apps.keys.revoke(id, key, revoked))
      return context.json({ message: `The app has no key ${JSON.stringify(key)}.` }, 404)
    return context.json({ revoked })
  })

  routes.get('/domains', (context) => context.json(context.var.app.domains))
  routes.put('/domains', async (context) => {
    const domains = await jsonOf(context)
    const names = Array.isArray(domains) ? domains.map(hostName) : [undefined]
    if (!names.every((name) => name !== undefined)) {
      return wrong(
        context,
        'The body must be an array of host names, such as ["shop.example"], without "https://", port or "*".',
      )
    }
    store.apps.trust(context.var.app.id, names)
    return context.json(names)
  })

  routes.get('/faults', (context) => context.json(store.apps.faults(context.var.app.id)))
  routes.on(['PUT', 'POST'], '/faults', async (context) => {
    const faults = await jsonOf(context)
    const why = whyNotFaults(faults)
    if (why) return wrong(context, why)
    const { id } = context.var.app
    if (context.req.method === 'POST') return context.json(store.apps.addFaults(id, faults as Fault[]))
    store.apps.setFaults(id, faults as Fault[])
    return context.json(faults as Fault[])
  })

  routes.get('/events', (context) => context.json(store.definitions.events(context.var.app.id)))
  routes.post('/events', async (context) => {
    const name = ((await jsonOf(context)) as { name?: unknown } | null)?.name
    if (typeof name !== 'string' || name.trim() === '' || name.length > longestEventName)
      return wrong(context, '"name" must be what the event is called.')
    store.definitions.defineEvent(context.var.app.id, name)
    return context.json({ name }, 201)
  })
  return routes
}
