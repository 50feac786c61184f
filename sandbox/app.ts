import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import type { Store } from './database/store.ts'
import type { Env } from './node-connection.ts'
import { restRoutes } from './rest/routes.ts'
import { controlRoutes } from './routes/control.ts'
import { guard } from './routes/guard.ts'
import { pageRoutes } from './routes/pages.ts'
import { segmentRoutes } from './routes/segment.ts'
import type { Hosts } from './rules/hosts.ts'

/**
 * The sandbox as an app that answers requests; `app.request('/path')` asks it without a port.
 *
 * @param root folder of the repository, where the pages and the built plugin lie
 * @param hosts how it may be called beside `localhost`
 */
export function createApp(store: Store, root: string, hosts: Hosts = { allowed: [] }): Hono<Env> {
  const app = new Hono<Env>({ getPath: withoutTrailingSlash })
  app.use(guard(hosts))
  // Names and values are strangers': a browser that is led here must not take an answer for a page.
  app.use('/api/*', (context, next) => {
    context.header('x-content-type-options', 'nosniff')
    context.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    return next()
  })
  app.route('/api/segment', segmentRoutes(store))
  app.route('/api/sandbox', controlRoutes(store))
  app.route('/api/public', restRoutes(store))
  app.route('/', pageRoutes(store, root))
  app.notFound((context) => context.json({ message: `Nothing is at ${context.req.path}.` }, 404))
  app.onError((error, context) => {
    // A page that went away while it was sending: nobody is left to answer, and nothing went wrong here.
    if (context.req.raw.signal.aborted) return context.body(null, 400)
    console.error(error)
    return context.json({ message: 'The sandbox failed at this request; its own console says why.' }, 500)
  })
  return app
}

/** The sandbox's own API forgives a missing slash; UserEngage's does not, and pages need theirs to find what lies beside them. */
function withoutTrailingSlash(request: Request): string {
  const path = getPath(request)
  return /^\/api\/(?!public(\/|$))/.test(path) ? path.replace(/\/$/, '') : path
}
