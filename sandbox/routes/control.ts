import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Store } from '../database/store.ts'
import { readUserFilter } from '../rules/user-filter.ts'
import { type AppEnv, count, jsonOf, wrong } from './app-env.ts'
import { attributeRoutes } from './attributes.ts'
import { inspectorRoutes } from './inspector.ts'
import { profileRoutes } from './profiles.ts'
import { restSettingsRoutes } from './rest-settings.ts'
import { settingsRoutes } from './settings.ts'

/** A comment line now and then keeps proxies and browsers from giving a silent stream up, in milliseconds. */
const heartbeat = 15_000
/** Another sandbox on the same data file tells nobody here of its messages: so often they are looked for, in milliseconds. */
const lookAround = 1000

/** The sandbox's own controls: apps, their settings, and what was received. */
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

  routes.route('/apps/:id', settingsRoutes(store))
  routes.route('/apps/:id', profileRoutes(store))
  routes.route('/apps/:id/attributes', attributeRoutes(store))
  routes.route('/apps/:id/rest', restSettingsRoutes(store))
  routes.route('/apps/:id/inspector', inspectorRoutes(store))

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
  routes.get('/apps/:id/companies', (context) => context.json(store.companies.list(context.var.app.id)))
  routes.get('/apps/:id/stream', (context) => stream(store, context))
  return routes
}

/** Server-sent events: first what came after the one that was seen last, then what comes. */
function stream(store: Store, context: Context<AppEnv>): Response {
  const { id } = context.var.app
  const seen = count(context.req.header('last-event-id') ?? context.req.query('after'))
  return streamSSE(context, async (sse) => {
    const newest = store.messages.newest(id, 1)[0]?.id ?? 0
    // One that was seen in a data file since deleted is none to wait for.
    let last = Math.min(seen ?? newest, newest)
    const tellNew = (): void => {
      for (const entry of store.messages.list(id, last)) {
        last = entry.id
        void sse.writeSSE({ event: 'message', id: String(last), data: JSON.stringify(entry) })
      }
    }
    const stop = store.messages.listen(id, tellNew)
    const look = setInterval(tellNew, lookAround)
    const beat = setInterval(() => void sse.write(': alive\n\n'), heartbeat)
    await sse.write(': open\n\n')
    tellNew()
    await new Promise<void>((resolve) => sse.onAbort(resolve))
    clearInterval(look)
    clearInterval(beat)
    stop()
  })
}
