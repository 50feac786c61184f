import { type Context, Hono } from 'hono'
import type { CompanyDetail, ConditionNames, PersonDetail, UsedDefinition } from '../api-types.ts'
import type { Search } from '../database/people.ts'
import type { Store } from '../database/store.ts'
import { companyFieldGroups } from '../rules/company-fields.ts'
import { contentTypes } from '../rules/definition.ts'
import { userFieldGroups } from '../rules/user-fields.ts'
import { readUserFilter } from '../rules/user-filter.ts'
import { type AppEnv, badRequest, wholeNumber } from './app-env.ts'

const mostItems = 500
const longestSearch = 1000
/** The most items that the page of one person or company shows. */
const shown = { moments: 200, members: 200 }

/** The data of the inspector's pages. Every list is cut to what a page can hold. */
export function inspectorRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const { people, personActivity, companies, usage, history } = store.inspection

  routes.get('/profiles', (context) => {
    const filter = readUserFilter(context.req.query(), new Date())
    if ('refusal' in filter) return badRequest(context, filter.refusal.message)
    return context.json(people(context.var.app.id, filter.value, searchOf(context)))
  })
  // The id is in the query: the browser would resolve an id such as `..` in a path.
  routes.get('/profile', (context) => {
    const { app } = context.var
    const profile = store.users.profile(app.id, context.req.query('id') ?? '')
    if (!profile) return context.json({ message: 'There is no user of this id.' }, 404)
    return context.json<PersonDetail>({
      profile,
      fields: userFieldGroups(profile),
      moments: personActivity.newest(profile.id, shown.moments),
      hours: personActivity.hours(profile.id),
    })
  })
  routes.get('/conditions', (context) => {
    const { id } = context.var.app
    const { standard, context: device } = userFieldGroups({})
    const fields = [...standard, ...device]
    const custom = store.definitions
      .all(id)
      .filter(({ content_type, name }) => content_type === 'clientuser' && !fields.includes(name))
      .map(({ name }) => name)
    return context.json<ConditionNames>({
      events: store.definitions.events(id).map(({ name }) => name),
      attributes: [...custom.sort(), ...fields],
    })
  })

  routes.get('/companies', (context) => context.json(companies.list(context.var.app.id, searchOf(context))))
  routes.get('/company', (context) => {
    const id = context.req.query('id') ?? ''
    const company = store.companies.company(context.var.app.id, id)
    if (!company) return context.json({ message: 'There is no company of this id.' }, 404)
    return context.json<CompanyDetail>({
      company,
      fields: companyFieldGroups(company),
      members: companies.members(company.id, shown.members),
    })
  })

  routes.get('/attributes', (context) => {
    const { id } = context.var.app
    const type = contentTypes.find((one) => one === context.req.query('content_type'))
    if (!type) return badRequest(context, `"content_type" must be one of ${contentTypes.join(', ')}.`)
    const definitions = store.definitions.all(id).filter(({ content_type }) => content_type === type)
    return context.json<UsedDefinition[]>(usage(id, type, definitions))
  })

  /** The messages before the one with the id `before`, the oldest first. */
  routes.get('/messages', (context) => {
    const { id } = context.var.app
    const before = wholeNumber(context.req.query('before')) ?? Number.MAX_SAFE_INTEGER
    const { limit } = searchOf(context)
    const entries = store.messages.list(id, history.startBefore(id, before, limit), limit)
    return context.json(entries.filter((entry) => entry.id < before))
  })
  return routes
}

function searchOf(context: Context): Search {
  const { search = '', limit } = context.req.query()
  return { text: search.slice(0, longestSearch), limit: Math.min(wholeNumber(limit) ?? 100, mostItems) }
}
