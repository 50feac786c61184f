import { type Context, Hono } from 'hono'
import type { CompanyDetail, ConditionNames, PersonDetail, UsedDefinition } from '../api-types.ts'
import type { Search } from '../database/people.ts'
import type { Store } from '../database/store.ts'
import type { ProductDetail } from '../rest-types.ts'
import { companyFieldGroups } from '../rules/company-fields.ts'
import { contentTypes } from '../rules/definition.ts'
import { userFieldGroups } from '../rules/user-fields.ts'
import { readUserFilter } from '../rules/user-filter.ts'
import { type AppEnv, badRequest, wholeNumber } from './app-env.ts'

const mostItems = 500
const longestSearch = 1000
/** The most items that the page of one person, company or product shows. */
const shown = { moments: 200, members: 200, events: 200 }

/** The data of the inspector's pages. Every list is cut to what a page can hold. */
export function inspectorRoutes(store: Store): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const { people, personActivity, companies, products, usage, history } = store.inspection

  routes.get('/profiles', (context) => {
    const filter = readUserFilter(context.req.query(), new Date())
    if ('refusal' in filter) return badRequest(context, filter.refusal.message)
    return context.json(people(context.var.app.id, filter.value, searchOf(context)))
  })
  // `id` is the customer's, or the `user_key` of a user without one. It is in the query: the browser would resolve an id such as `..` in a path.
  routes.get('/profile', (context) => {
    const { app } = context.var
    const id = context.req.query('id') ?? ''
    const user = store.users.find(app.id, id) ?? store.users.byKey(app.id, id)
    if (!user) return context.json({ message: 'There is no user of this id.' }, 404)
    const profile = store.users.toProfile(user)
    const { user_key, status } = user
    return context.json<PersonDetail>({
      profile,
      fields: userFieldGroups(profile),
      sources: store.attributes.sources('user', user.id),
      rest: { user_key, status, tags: store.tags.of('user', user.id).map(({ name }) => name) },
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
    const { app } = context.var
    const row = store.companies.find(app.id, id) ?? store.companies.byId(app.id, Number(id))
    const company = row && store.companies.toCompany(row)
    if (!company) return context.json({ message: 'There is no company of this id.' }, 404)
    return context.json<CompanyDetail>({
      company,
      fields: companyFieldGroups(company),
      sources: store.attributes.sources('company', company.id),
      members: companies.members(company.id, shown.members),
    })
  })

  routes.get('/products', (context) => context.json(products.list(context.var.app.id, searchOf(context))))
  routes.get('/product', (context) => {
    const id = context.req.query('id') ?? ''
    const { app } = context.var
    const row = store.products.find(app.id, id) ?? store.products.byId(app.id, Number(id))
    if (!row) return context.json({ message: 'There is no product of this id.' }, 404)
    return context.json<ProductDetail>({
      product: store.products.toProduct(row),
      events: products.events(row.id, shown.events),
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
  /** The same for the requests to the REST API. */
  routes.get('/requests', (context) => {
    const before = wholeNumber(context.req.query('before')) ?? Number.MAX_SAFE_INTEGER
    const { limit } = searchOf(context)
    return context.json(store.rest.requests.before(context.var.app.id, before, limit))
  })
  return routes
}

function searchOf(context: Context): Search {
  const { search = '', limit } = context.req.query()
  return { text: search.slice(0, longestSearch), limit: Math.min(wholeNumber(limit) ?? 100, mostItems) }
}
