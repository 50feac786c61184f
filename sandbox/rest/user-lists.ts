import type { Routes } from './call.ts'
import { page } from './paging.ts'
import { ofUser, withUser } from './users.ts'

/** What is recorded of a user beside events. */
export const userListRoutes: Routes = {
  ...ofUser('ping_hits/', {
    GET: withUser((call, user) => page(call, call.store.rest.lists.pageViews, user.id)),
  }),
  ...ofUser('product_events/', {
    GET: withUser((call, user) => page(call, call.store.rest.lists.productEvents, user.id)),
  }),
}
