import type { Hour, Moment } from '../api-types.ts'
import type { Database } from './connection.ts'

/** The activity of a person: the newest moments, and counts by hour. */
export function createPersonActivity(db: Database) {
  const newest = db.prepare(
    `SELECT * FROM (
       SELECT * FROM (SELECT 'track' AS type, id, name, timestamp, data, NULL AS product FROM events
         WHERE user = ?1 ORDER BY timestamp DESC, id DESC LIMIT ?2)
       UNION ALL
       SELECT * FROM (SELECT 'page' AS type, id, NULL AS name, timestamp, data, NULL AS product FROM page_views
         WHERE user = ?1 ORDER BY timestamp DESC, id DESC LIMIT ?2)
       UNION ALL
       SELECT * FROM (SELECT 'product' AS type, id, event_type AS name, timestamp, custom_data AS data, product
         FROM product_events WHERE user = ?1 ORDER BY timestamp DESC, id DESC LIMIT ?2))
     ORDER BY timestamp DESC, id DESC LIMIT ?2`,
  )
  const product = db.prepare(
    `SELECT id, custom_id, (SELECT value FROM attributes
       WHERE owner_type = 'product' AND owner = products.id AND name = 'name') AS name FROM products WHERE id = ?`,
  )
  const hours = db.prepare(
    `SELECT hour, sum(events) AS events, sum(views) AS views, sum(products) AS products FROM (
       SELECT substr(timestamp, 1, 13) AS hour, count(*) AS events, 0 AS views, 0 AS products FROM events
         WHERE user = ?1 GROUP BY 1
       UNION ALL
       SELECT substr(timestamp, 1, 13), 0, count(*), 0 FROM page_views WHERE user = ?1 GROUP BY 1
       UNION ALL
       SELECT substr(timestamp, 1, 13), 0, 0, count(*) FROM product_events WHERE user = ?1 GROUP BY 1)
     GROUP BY hour ORDER BY hour`,
  )

  function toMoment({ product: id, data, ...moment }: Row): Moment {
    if (id === null) return { ...moment, data: JSON.parse(data) }
    const { name, ...ids } = product.get(id) as { id: number; custom_id: string | null; name: string | null }
    const of = { ...ids, name: name && JSON.parse(name) }
    return { ...moment, data: { product: of, custom_data: JSON.parse(data) } }
  }

  return {
    /** The newest first. */
    newest: (user: number, limit: number): Moment[] => (newest.all(user, limit) as Row[]).map(toMoment),
    /** The hours with activity, oldest first. */
    hours: (user: number): Hour[] => hours.all(user) as Hour[],
  }
}

interface Row extends Omit<Moment, 'data'> {
  /** JSON. SQLite cannot read more than 1,000 levels of it, so it is read here. */
  data: string
  /** The id of the product of a product event. */
  product: number | null
}
