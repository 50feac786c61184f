import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import type { Store } from './database/store.ts'
import type { Env } from './node-connection.ts'
import { restRoutes } from './rest/routes.ts'
import { controlRoutes } from './routes/control.ts'
import { guard } from './routes/guard.ts'
import type { Hosts } from './routes/hosts.ts'
import { notFound } from './routes/not-found.ts'
import { pageRoutes } from './routes/pages.ts'
import { segmentRoutes } from './routes/segment.ts'

/**
 * The sandbox as a Hono app. `app.request('/path')` sends it a request without a server.
 *
 * @param root folder of the repository, which contains the pages and the built plugin
 * @param hosts the hosts that the sandbox answers for beside `localhost`
 */
export function createApp(store: Store, root: string, hosts: Hosts = { allowed: [] }): Hono<Env> {
  const app = new Hono<Env>({ getPath: withoutTrailingSlash })
  app.use(guard(hosts))
  // Answers contain names and values that strangers chose: a browser must not render them as a page.
  app.use('/api/*', (context, next) => {
    context.header('x-content-type-options', 'nosniff')
    context.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    return next()
  })
  app.route('/api/segment', segmentRoutes(store))
  app.route('/api/sandbox', controlRoutes(store))
  app.route('/api/public', restRoutes(store))
  app.route('/', pageRoutes(store, root))
  app.notFound(notFound)
  app.onError((error, context) => {
    // The client closed the connection while it was sending. That is no failure of the sandbox, so nothing is logged.
    if (context.req.raw.signal.aborted) return context.body(null, 400)
    console.error(error)
    return context.json({ message: 'The sandbox failed at this request; its own console says why.' }, 500)
  })
  return app
}

/**
 * Makes the last slash of the sandbox's own API addresses optional. UserEngage's REST API insists on it, and the address
 * of a page keeps it: relative links depend on it.
 */
function withoutTrailingSlash(request: Request): string {
  const path = getPath(request)
  return /^\/api\/(?!public(\/|$))/.test(path) ? path.replace(/\/$/, '') : path
}
