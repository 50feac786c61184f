/** A request that a page makes, or a client of the public API. */
export interface Route {
  path: string
  headers?: Record<string, string>
  /** Complete by design section 6, however long: no page asks for it, so it is told and not judged. */
  complete?: boolean
}

const own = '/api/sandbox/apps/demo'
const headers = { authorization: 'Token demo-token', accept: '*/*; version=2' }
const last30Days = (event: string): string => `event=${encodeURIComponent(event)}&min=2&days=30`

/** What the inspector's pages ask. */
const inspector: Route[] = [
  '/messages?limit=200',
  '/messages?before=25000&limit=200',
  '/profiles?limit=100',
  '/profiles?search=user-1999',
  `/profiles?${last30Days('Order Completed')}`,
  '/profiles?attribute=plan&value=pro',
  '/profiles?event=Product%20Viewed&attribute=plan&value=pro&search=ada',
  '/profile?id=user-0',
  '/companies',
  '/companies?search=company-199',
  '/company?id=company-0',
  '/attributes?content_type=clientuser',
  '/attributes?content_type=company',
  '/attributes?content_type=event',
].map((path) => ({ path: `${own}/inspector${path}` }))

/** Every GET route. `user-0` is the one who did most. */
export const routes: Route[] = [
  { path: '/' },
  { path: '/demo/' },
  { path: '/api/sandbox/apps' },
  ...inspector,
  { path: `${own}/keys` },
  { path: `${own}/faults` },
  { path: `${own}/events` },
  { path: `${own}/companies` },
  { path: `${own}/messages?newest=200` },
  { path: `${own}/messages?after=25000&limit=200` },
  { path: `${own}/messages`, complete: true },
  { path: `${own}/users` },
  { path: `${own}/users?${last30Days('Order Completed')}` },
  { path: `${own}/users?attribute=plan&value=pro` },
  { path: `${own}/users/user-0` },
  { path: `${own}/users/user-0/events` },
  { path: `${own}/users/user-0/page_views` },
  { path: `${own}/companies/company-0` },
  { path: `${own}/attributes` },
  { path: `${own}/rest` },
  { path: `${own}/rest/faults` },
  { path: `${own}/rest/tokens` },
  { path: '/api/public/users/', headers },
  { path: '/api/public/users/search/?email=user-1999@example.com', headers },
  { path: '/api/public/users-by-id/user-0/', headers },
  { path: '/api/public/users-by-id/user-0/events/', headers },
  { path: '/api/public/users-by-id/user-0/ping_hits/', headers },
  { path: '/api/public/companies/', headers },
  { path: '/api/public/companies-by-id/company-0/', headers },
  { path: '/api/public/attributes/', headers },
]

/** The routes whose data come from REST writes. */
export const routesAfterWrites: Route[] = [
  { path: `${own}/rest/requests?newest=200` },
  { path: `${own}/inspector/requests?limit=200` },
  { path: `${own}/inspector/profile?id=rest-3` },
  { path: `${own}/inspector/products` },
  { path: `${own}/inspector/products?search=product-19` },
  { path: `${own}/inspector/product?id=1` },
  { path: '/api/public/users-by-id/rest-3/product_events/', headers },
  { path: '/api/public/products/', headers },
  { path: '/api/public/products-by-id/product-0/details/', headers },
]
