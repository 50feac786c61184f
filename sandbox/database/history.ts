import type { Database } from './connection.ts'

/** Reads the log backwards, page by page. */
export function createHistory(db: Database) {
  const before = db.prepare(
    'SELECT id FROM messages WHERE app = ? AND id < ? ORDER BY id DESC LIMIT 1 OFFSET ?',
  )
  const count = db.prepare('SELECT count(*) AS count FROM messages WHERE app = ?')

  return {
    /** The id after which the `limit` messages before `id` begin; 0 if fewer messages precede `id`. */
    startBefore: (app: string, id: number, limit: number): number =>
      (before.get(app, id, limit) as { id: number } | undefined)?.id ?? 0,
    count: (app: string): number => (count.get(app) as { count: number }).count,
  }
}
