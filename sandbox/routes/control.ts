import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { App } from '../database/apps.ts'
import type { Entry } from '../database/messages.ts'
import type { Store } from '../database/store.ts'
import type { Env } from '../node-connection.ts'
import { type Fault, whyNotFaults } from '../rules/fault.ts'
import { hostName } from '../rules/trust.ts'
import { readUserFilter } from '../rules/user-filter.ts'

type AppEnv = Env & { Variables: { app: App } }

/** A comment line now and then keeps proxies and browsers from giving a silent stream up, in milliseconds. */
const heartbeat = 15_000

/** The sandbox's own controls: apps, faults, and what was received. */
export function controlRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/apps', (context) => context.json(store.apps.all()))
  routes.post('/apps', async (context) => {
    const body = (await jsonOf(context)) ?? {}
    const name = (body as { name?: unknown }).name
    if (name !== undefined && typeof name !== 'string') return wrong(context, '"name" must be a text.')
    const { id, apiKey, token } = store.apps.create(name)
    return context.json({ id, apiKey, token }, 201)
  })

  routes.use('/apps/:id/*', async (context, next) => {
    const id = context.req.param('id') ?? ''
    const app = store.apps.byId(id)
    if (!app) return context.json({ message: `There is no app "${id}".` }, 404)
    context.set('app', app)
    return next()
  })

  routes.put('/apps/:id/key', async (context) => {
    const revoked = ((await jsonOf(context)) as { revoked?: unknown } | null)?.revoked
    if (typeof revoked !== 'boolean')
      return wrong(context, 'The body must be {"revoked": true} or {"revoked": false}.')
    store.apps.revoke(context.var.app.id, revoked)
    return context.json({ revoked })
  })
  routes.put('/apps/:id/domains', async (context) => {
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
  routes.put('/apps/:id/faults', async (context) => {
    const faults = await jsonOf(context)
    const why = whyNotFaults(faults)
    if (why) return wrong(context, why)
    store.apps.setFaults(context.var.app.id, faults as Fault[])
    return context.json(faults as Fault[])
  })

  routes.get('/apps/:id/messages', (context) => {
    const { id } = context.var.app
    const { limit, after, newest } = context.req.query()
    const not = [limit, after, newest].find((given) => given !== undefined && count(given) === undefined)
    if (not !== undefined) {
      return wrong(context, `"limit", "after" and "newest" must be whole numbers, got "${not}".`)
    }
    if (newest !== undefined) return context.json(store.messages.newest(id, Number(newest)))
    return context.json(store.messages.list(id, count(after), count(limit)))
  })
  routes.get('/apps/:id/users', (context) => {
    const filter = readUserFilter(context.req.query(), new Date())
    if (typeof filter === 'string') return wrong(context, filter)
    return context.json(store.users.list(context.var.app.id, filter))
  })
  routes.get('/apps/:id/events', (context) => context.json(store.definitions.events(context.var.app.id)))
  routes.get('/apps/:id/companies', (context) => context.json(store.companies.list(context.var.app.id)))
  routes.get('/apps/:id/stream', (context) => stream(store, context))
  return routes
}

/** Server-sent events: first what came after the one that was seen last, then what comes. */
function stream(store: Store, context: Context<AppEnv>): Response {
  const { id } = context.var.app
  const after = count(context.req.header('last-event-id') ?? context.req.query('after'))
  return streamSSE(context, async (sse) => {
    const send = (entry: Entry): void => {
      void sse.writeSSE({ event: 'message', id: String(entry.id), data: JSON.stringify(entry) })
    }
    const stop = store.messages.listen(id, send)
    if (after !== undefined) for (const entry of store.messages.list(id, after)) send(entry)
    const beat = setInterval(() => void sse.write(': alive\n\n'), heartbeat)
    await sse.write(': open\n\n')
    await new Promise<void>((resolve) => sse.onAbort(resolve))
    clearInterval(beat)
    stop()
  })
}

const wrong = (context: Context, message: string): Response => context.json({ message }, 400)

/** The JSON of a body; `null` where it is none. */
const jsonOf = (context: Context): Promise<unknown> => context.req.json().catch(() => null)

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
