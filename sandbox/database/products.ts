import type { Product } from '../rest-types.ts'
import type { Attributes } from './attributes.ts'
import type { Database } from './connection.ts'

export interface ProductRow {
  id: number
  custom_id: string | null
  created_at: string
  updated_at: string
}

/** What a user did with a product. Of the values that came with it only `custom_data` stays with the event. */
export interface ProductEvent {
  id: number
  client: number
  product: number
  event_type: string
  timestamp: string
  custom_data: unknown
}

export function createProducts(db: Database, attributes: Attributes) {
  const byCustomId = db.prepare('SELECT * FROM products WHERE app = ? AND custom_id = ?')
  const byId = db.prepare('SELECT * FROM products WHERE app = ? AND id = ?')
  const insert = db.prepare(
    'INSERT INTO products (app, custom_id, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)',
  )
  const touch = db.prepare('UPDATE products SET updated_at = ? WHERE id = ?')
  const insertEvent = db.prepare(
    'INSERT INTO product_events (user, product, event_type, timestamp, custom_data) VALUES (?, ?, ?, ?, ?)',
  )

  const toProduct = ({ id, custom_id, created_at, updated_at }: ProductRow): Product =>
    Object.fromEntries([
      ['name', null],
      ...attributes.all('product', id),
      ['id', id],
      ['custom_id', custom_id],
      ['created_at', created_at],
      ['updated_at', updated_at],
    ]) as Product

  return {
    find: (app: string, customId: string): ProductRow | undefined =>
      byCustomId.get(app, customId) as ProductRow | undefined,
    byId: (app: string, id: number): ProductRow | undefined => byId.get(app, id) as ProductRow | undefined,
    create(app: string, customId: string | null, at: string): ProductRow {
      const { lastInsertRowid } = insert.run(app, customId, at)
      return byId.get(app, Number(lastInsertRowid)) as ProductRow
    },
    toProduct,
    touch: (id: number, at: string) => void touch.run(at, id),
    /** Returns the id of the event. */
    addEvent: (user: number, product: number, type: string, timestamp: string, customData: unknown): number =>
      Number(insertEvent.run(user, product, type, timestamp, JSON.stringify(customData)).lastInsertRowid),
  }
}
