import { type Context, Hono } from 'hono'
import type { Store } from '../database/store.ts'
import type { AppEnv } from './app-env.ts'

const noUser = { message: 'There is no user of this id.' }

/** What became of users and companies, each in one answer and by the customer's own id: for tests that look at it. */
export function profileRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const userOf = (context: Context<AppEnv>) =>
    store.users.find(context.var.app.id, context.req.param('custom_id') ?? '')

  routes.get('/users/:custom_id', (context) => {
    const user = userOf(context)
    return user ? context.json(store.users.toProfile(user)) : context.json(noUser, 404)
  })
  routes.get('/users/:custom_id/events', (context) => {
    const user = userOf(context)
    return user ? context.json(store.activity.events(user.id)) : context.json(noUser, 404)
  })
  routes.get('/users/:custom_id/page_views', (context) => {
    const user = userOf(context)
    return user ? context.json(store.activity.views(user.id)) : context.json(noUser, 404)
  })
  routes.get('/companies/:custom_id', (context) => {
    const company = store.companies.company(context.var.app.id, context.req.param('custom_id'))
    return company ? context.json(company) : context.json({ message: 'There is no company of this id.' }, 404)
  })
  return routes
}
