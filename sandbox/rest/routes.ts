import { Hono } from 'hono'
import type { Store } from '../database/store.ts'
import type { Env } from '../node-connection.ts'
import { attributeRoutes } from './attributes.ts'
import { type Handler, type Routes, refused } from './call.ts'
import { companyRoutes } from './companies.ts'
import { eventRoutes } from './events.ts'
import { memberRoutes } from './members.ts'
import { mergeRoutes } from './merge.ts'
import { productEventRoutes } from './product-events.ts'
import { productRoutes } from './products.ts'
import { receive } from './receive.ts'
import { searchRoutes } from './search.ts'
import { siteViewRoutes } from './site-views.ts'
import { userAttributeRoutes } from './user-attributes.ts'
import { userListRoutes } from './user-lists.ts'
import { userRoutes } from './users.ts'

/** Addresses of a fixed name stand before those with an id. */
const all: Routes = {
  ...searchRoutes,
  ...mergeRoutes,
  ...userRoutes,
  ...userAttributeRoutes,
  ...userListRoutes,
  ...eventRoutes,
  ...attributeRoutes,
  ...companyRoutes,
  ...memberRoutes,
  ...productRoutes,
  ...productEventRoutes,
  ...siteViewRoutes,
}

/** UserEngage's REST API, https://apidocs.user.com. */
export function restRoutes(store: Store): Hono<Env> {
  const routes = new Hono<Env>()
  for (const [path, methods] of Object.entries(all)) {
    for (const [method, handler] of Object.entries(methods)) {
      routes.on(method, path, (context) => receive(store, withoutSlashInId(handler), context))
    }
    routes.all(path, (context) => {
      const detail = `Method "${context.req.method}" not allowed: ${Object.keys(methods).join(' or ')}.`
      return receive(store, () => refused(405, detail), context)
    })
  }
  routes.all('*', (context) => receive(store, () => refused(404, 'Not found.'), context))
  return routes
}

/** What decodes a `%2F` on the way, as many servers do, finds another address: an id with a slash has none. */
function withoutSlashInId(handler: Handler): Handler {
  return (call) =>
    /%2f/i.test(call.url.pathname)
      ? refused(404, 'Not found: an id with a slash has no address.')
      : handler(call)
}
