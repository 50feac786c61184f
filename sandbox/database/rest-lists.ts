import type { CompanyRow } from './companies.ts'
import type { Database } from './connection.ts'
import { type Definition, toDefinition } from './definitions.ts'
import type { ProductEvent, ProductRow } from './products.ts'
import type { UserRow } from './users.ts'

/** A list of which only a part is read: how long it is, and `limit` of its items from `offset` on. */
export interface Slices<Item> {
  count(of: string | number): number
  slice(of: string | number, limit: number, offset: number): Item[]
}

/** The lists of the REST API, in the order in which their items came. */
export function createRestLists(db: Database) {
  function slices<Item>(from: string, toItem: (row: never) => unknown = (row) => row): Slices<Item> {
    const count = db.prepare(`SELECT count(*) AS count ${from}`)
    const slice = db.prepare(`SELECT * ${from} ORDER BY id LIMIT ? OFFSET ?`)
    return {
      count: (of) => (count.get(of) as { count: number }).count,
      slice: (of, limit, offset) => (slice.all(of, limit, offset) as never[]).map(toItem) as Item[],
    }
  }

  return {
    users: slices<UserRow>('FROM users WHERE app = ?'),
    companies: slices<CompanyRow>('FROM companies WHERE app = ?'),
    products: slices<ProductRow>('FROM products WHERE app = ?'),
    /** Without those of events, which this API does not know. */
    definitions: slices<Definition>(
      "FROM definitions WHERE app = ? AND content_type != 'event'",
      toDefinition,
    ),
    events: slices<EventItem>('FROM events WHERE user = ?', toEvent),
    pageViews: slices<object>('FROM page_views WHERE user = ?', toPageView),
    productEvents: slices<ProductEvent>('FROM product_events WHERE user = ?', toProductEvent),
  }
}

interface EventItem {
  id: number
  name: string
  /** UNIX seconds. */
  timestamp: number
  data: unknown
}
interface Row {
  id: number
  user: number
  name: string
  timestamp: string
  data: string
}

const toEvent = ({ id, name, timestamp, data }: Row): EventItem => ({
  id,
  name,
  timestamp: Math.floor(Date.parse(timestamp) / 1000),
  data: JSON.parse(data),
})

const toPageView = ({ id, user, timestamp, data }: Row): object => ({
  id,
  client: user,
  ...JSON.parse(data),
  timestamp,
})

const toProductEvent = (row: Omit<ProductEvent, 'client'> & { user: number; custom_data: string }) => {
  const { id, user, product, event_type, timestamp, custom_data } = row
  return { id, client: user, product, event_type, timestamp, custom_data: JSON.parse(custom_data) }
}
