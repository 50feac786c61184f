import { type Context, Hono } from 'hono'
import { contentTypes } from '../database/definitions.ts'
import type { Search } from '../database/people.ts'
import type { Store } from '../database/store.ts'
import { readUserFilter } from '../rules/user-filter.ts'
import { type AppEnv, count, wrong } from './app-env.ts'

const mostItems = 500
const longestSearch = 1000
/** As many of these as a page shows of one person or company. */
const shown = { moments: 200, members: 200 }

/** What the inspector shows: always a part that a page can hold, however much there is. */
export function inspectorRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const { people, personActivity, companies, usage, history } = store.inspection

  routes.get('/profiles', (context) => {
    const filter = readUserFilter(context.req.query(), new Date())
    if (typeof filter === 'string') return wrong(context, filter)
    return context.json(people(context.var.app.id, filter, searchOf(context)))
  })
  // Identifiers are strangers' texts: one like `..` would get lost in a path.
  routes.get('/profile', (context) => {
    const { app } = context.var
    const profile = store.users.profile(app.id, context.req.query('id') ?? '')
    if (!profile) return context.json({ message: 'There is no user of this id.' }, 404)
    const moments = personActivity.newest(profile.id, shown.moments)
    return context.json({ profile, moments, hours: personActivity.hours(profile.id) })
  })

  routes.get('/companies', (context) => context.json(companies.list(context.var.app.id, searchOf(context))))
  routes.get('/company', (context) => {
    const id = context.req.query('id') ?? ''
    const company = store.companies.company(context.var.app.id, id)
    if (!company) return context.json({ message: 'There is no company of this id.' }, 404)
    return context.json({ ...company, members: companies.members(company.id, shown.members) })
  })

  routes.get('/attributes', (context) => {
    const { id } = context.var.app
    const type = contentTypes.find((one) => one === context.req.query('content_type'))
    if (!type) return wrong(context, `"content_type" must be one of ${contentTypes.join(', ')}.`)
    const definitions = store.definitions.all(id).filter(({ content_type }) => content_type === type)
    const used = usage(id, type, definitions)
    return context.json(definitions.map((definition, index) => ({ ...definition, usage: used[index] })))
  })

  /** The messages before one, the oldest of them first. */
  routes.get('/messages', (context) => {
    const { id } = context.var.app
    const before = count(context.req.query('before')) ?? Number.MAX_SAFE_INTEGER
    const { limit } = searchOf(context)
    const entries = store.messages.list(id, history.startBefore(id, before, limit), limit)
    return context.json(entries.filter((entry) => entry.id < before))
  })
  return routes
}

function searchOf(context: Context): Search {
  const { search = '', limit } = context.req.query()
  return { text: search.slice(0, longestSearch), limit: Math.min(count(limit) ?? 100, mostItems) }
}
