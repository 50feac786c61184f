import type { Routes } from './call.ts'
import { page } from './paging.ts'
import { users } from './users.ts'

/** What is recorded of a user beside events. */
export const userListRoutes: Routes = {
  ...users.routes('ping_hits/', {
    GET: users.withRecord((call, user) => page(call, call.store.rest.lists.pageViews, user.id)),
  }),
  ...users.routes('product_events/', {
    GET: users.withRecord((call, user) => page(call, call.store.rest.lists.productEvents, user.id)),
  }),
}
