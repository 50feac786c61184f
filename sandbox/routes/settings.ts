import { Hono } from 'hono'
import * as v from 'valibot'
import type { Store } from '../database/store.ts'
import { faultsSchema } from '../rules/fault.ts'
import { read } from '../rules/read.ts'
import { hostName } from '../rules/trust.ts'
import { type AppEnv, badRequest, jsonOf } from './app-env.ts'

const keyChange = v.object(
  {
    revoked: v.boolean('The body must be {"revoked": true} or {"revoked": false}.'),
    key: v.optional(v.string('"key" must be one of the app\'s API keys.')),
  },
  'The body must be {"revoked": true} or {"revoked": false}.',
)

const noHostNames =
  'The body must be an array of host names, such as ["shop.example"], without "https://", port or "*".'
const domainList = v.array(v.pipe(v.unknown(), v.transform(hostName), v.string(noHostNames)), noHostNames)

const longestEventName = 10_000
const noEventName = `"name" must be the name of the event, a text of at most ${longestEventName} characters.`
const newEvent = v.object(
  {
    name: v.pipe(
      v.string(noEventName),
      v.maxLength(longestEventName, noEventName),
      v.check((name) => name.trim() !== '', noEventName),
    ),
  },
  noEventName,
)

/** The settings of an app: its keys, domains, faults and events. */
export function settingsRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/keys', (context) => context.json(store.apps.keys.list(context.var.app.id)))
  routes.post('/keys', (context) => context.json(store.apps.keys.generate(context.var.app.id), 201))
  routes.put('/key', async (context) => {
    const { id, apiKey } = context.var.app
    const body = read(keyChange, await jsonOf(context))
    if ('refusal' in body) return badRequest(context, body.refusal.message)
    const { revoked, key = apiKey } = body.value
    if (!store.apps.keys.revoke(id, key, revoked))
      return context.json({ message: `The app has no key ${JSON.stringify(key)}.` }, 404)
    return context.json({ revoked })
  })

  routes.get('/domains', (context) => context.json(context.var.app.domains))
  routes.put('/domains', async (context) => {
    const domains = read(domainList, await jsonOf(context))
    if ('refusal' in domains) return badRequest(context, domains.refusal.message)
    store.apps.trust(context.var.app.id, domains.value)
    return context.json(domains.value)
  })

  routes.get('/faults', (context) => context.json(store.apps.faults(context.var.app.id)))
  routes.on(['PUT', 'POST'], '/faults', async (context) => {
    const faults = read(faultsSchema, await jsonOf(context))
    if ('refusal' in faults) return badRequest(context, faults.refusal.message)
    const { id } = context.var.app
    if (context.req.method === 'POST') return context.json(store.apps.addFaults(id, faults.value))
    store.apps.setFaults(id, faults.value)
    return context.json(faults.value)
  })

  routes.get('/events', (context) => context.json(store.definitions.events(context.var.app.id)))
  routes.post('/events', async (context) => {
    const event = read(newEvent, await jsonOf(context))
    if ('refusal' in event) return badRequest(context, event.refusal.message)
    store.definitions.defineEvent(context.var.app.id, event.value.name)
    return context.json(event.value, 201)
  })
  return routes
}
