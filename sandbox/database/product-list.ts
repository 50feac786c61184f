import type { Part } from '../api-types.ts'
import type { ProductEventLine, ProductLine } from '../rest-types.ts'
import type { Database } from './connection.ts'
import { likesOf, type Search } from './people.ts'

const searched = `FROM products p WHERE p.app = ?1 AND (?2 IS NULL OR p.custom_id LIKE ?3 ESCAPE '\\' OR EXISTS (
  SELECT 1 FROM attributes WHERE owner_type = 'product' AND owner = p.id AND value LIKE ?2 ESCAPE '\\'))`

/** The inspector's list of products, and the newest events of each. */
export function createProductList(db: Database) {
  const count = db.prepare(`SELECT count(*) AS count ${searched}`)
  const list = db.prepare(
    `SELECT p.id, p.custom_id,
       (SELECT value FROM attributes WHERE owner_type = 'product' AND owner = p.id AND name = 'name') AS name,
       (SELECT count(*) FROM product_events WHERE product = p.id) AS events,
       (SELECT max(timestamp) FROM product_events WHERE product = p.id) AS last_event
     ${searched} ORDER BY p.updated_at DESC, p.id DESC LIMIT ?4`,
  )
  const events = db.prepare(
    `SELECT e.id, e.event_type, e.timestamp, e.custom_data, u.custom_id, u.user_key
     FROM product_events e JOIN users u ON u.id = e.user WHERE e.product = ? ORDER BY e.timestamp DESC, e.id DESC LIMIT ?`,
  )
  const eventsOf = db.prepare('SELECT count(*) AS count FROM product_events WHERE product = ?')
  const countOf = (row: unknown): number => (row as { count: number }).count

  return {
    list(app: string, { text, limit }: Search): Part<ProductLine> {
      const likes = likesOf(text)
      const total = countOf(count.get(app, null, null))
      const rows = list.all(app, ...likes, limit) as (ProductLine & { name: string | null })[]
      return {
        total,
        found: text === '' ? total : countOf(count.get(app, ...likes)),
        items: rows.map((row) => ({ ...row, name: row.name && JSON.parse(row.name) })),
      }
    },
    /** The newest events first. */
    events(product: number, limit: number): Part<ProductEventLine> {
      const total = countOf(eventsOf.get(product))
      const rows = events.all(product, limit) as (ProductEventLine & { custom_data: string })[]
      return {
        total,
        found: total,
        items: rows.map((row) => ({ ...row, custom_data: JSON.parse(row.custom_data) })),
      }
    },
  }
}
